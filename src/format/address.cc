#include "src/format/address.h"

#include <algorithm>

#include "src/base/ascii.h"

namespace logstat {

std::string_view WithoutPort(std::string_view host) {
  // Nearly every name and address ends otherwise, and this tells at its end.
  size_t digits_begin = host.size();
  while (digits_begin > 0 && IsDigit(host[digits_begin - 1])) --digits_begin;
  if (digits_begin < 2 || digits_begin == host.size() || host[digits_begin - 1] != ':') return host;
  const std::string_view name = host.substr(0, digits_begin - 1);
  const bool bracketed = name.front() == '[' && name.back() == ']';
  return bracketed || name.find(':') == std::string_view::npos ? name : host;
}

std::string_view FirstForwarded(std::string_view list) {
  return ClientAddress(TrimBlanks(list.substr(0, list.find(','))));
}

bool LooksLikeAddress(std::string_view text) {
  text = ClientAddress(text);
  if (std::count(text.begin(), text.end(), ':') >= 2) {
    return text.find_first_not_of("0123456789abcdefABCDEF.:%") == std::string_view::npos;
  }
  const bool digits = text.find_first_not_of("0123456789.") == std::string_view::npos;
  return digits && std::count(text.begin(), text.end(), '.') == 3;
}

std::string_view BareClient(std::string_view client) {
  const std::string_view name = WithoutPort(client);
  if (name.size() == client.size() && !name.ends_with(']')) return client;  // IPv6
  if (name.size() != client.size() && name.find(',') != std::string_view::npos) return client;
  const bool bracketed = name.size() > 2 && name.front() == '[' && name.back() == ']';
  return bracketed && name.find(':') != std::string_view::npos ? name.substr(1, name.size() - 2) : name;
}

}  // namespace logstat
