#include "src/filter/cidr.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>

#include "src/base/percent_code.h"

namespace logstat {
namespace {

constexpr size_t kLongestAddress = 45;  // an IPv6 address that ends in the notation of IPv4
constexpr unsigned kMappedBits = 96;

// The word of eight bytes in network order.
uint64_t Word(const uint8_t* bytes) {
  uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word = word << 8 | bytes[i];
  return word;
}

uint64_t Mask(unsigned bits) { return bits == 0 ? 0 : ~uint64_t{0} << (64 - bits); }

// Most of any log: four numbers of one to three digits. inet_pton() costs five times as much.
std::optional<uint32_t> ParseIpv4(std::string_view text) {
  uint32_t address = 0;
  size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    uint32_t number = 0;
    const size_t begin = at;
    for (; at < text.size() && at - begin < 3 && text[at] >= '0' && text[at] <= '9'; ++at) {
      number = number * 10 + static_cast<uint32_t>(text[at] - '0');
    }
    if (at == begin || number > 255 || (at - begin > 1 && text[begin] == '0')) return std::nullopt;
    address = address << 8 | number;
    if (part == 3) break;
    if (at == text.size() || text[at] != '.') return std::nullopt;
    ++at;
  }
  return at == text.size() ? std::optional(address) : std::nullopt;
}

bool IsHostByte(char c) { return IsHexDigit(c) || c == '.' || c == ':'; }

bool IsMapped(const Address& address) {
  static constexpr uint8_t kPrefix[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::equal(std::begin(kPrefix), std::end(kPrefix), address.begin());
}

std::string_view TrimBlanksAndQuotes(std::string_view text) {
  constexpr std::string_view kOuter = " \t\"";
  const size_t begin = std::min(text.find_first_not_of(kOuter), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kOuter) + 1);
}

}  // namespace

std::optional<Address> ParseAddress(std::string_view text) {
  if (text.empty() || text.size() > kLongestAddress) return std::nullopt;
  Address address{};
  if (const std::optional<uint32_t> v4 = ParseIpv4(text)) {
    address[10] = address[11] = 0xff;
    for (size_t i = 0; i < 4; ++i) address[12 + i] = static_cast<uint8_t>(*v4 >> (24 - 8 * i));
    return address;
  }
  if (!std::all_of(text.begin(), text.end(), IsHostByte) || text.find(':') == std::string_view::npos) {
    return std::nullopt;
  }
  char terminated[kLongestAddress + 1] = {};
  std::memcpy(terminated, text.data(), text.size());
  if (inet_pton(AF_INET6, terminated, address.data()) != 1) return std::nullopt;
  return address;
}

std::string_view BareHost(std::string_view text) {
  text = TrimBlanksAndQuotes(text);
  std::string_view host = text;
  if (!host.empty() && host.front() == '[') {
    host.remove_prefix(1);
    host = host.substr(0, host.find(']'));
  } else if (std::count(host.begin(), host.end(), ':') == 1) {
    host = host.substr(0, host.find(':'));
  }
  host = host.substr(0, host.find('%'));
  if (!ParseAddress(host).has_value()) return text;
  const bool is_mapped = host.find(':') != std::string_view::npos && host.find('.') != std::string_view::npos &&
                         IsMapped(*ParseAddress(host));
  return is_mapped ? host.substr(host.rfind(':') + 1) : host;
}

std::optional<Address> ParseHost(std::string_view text) {
  if (std::optional<Address> address = ParseAddress(text)) return address;
  return ParseAddress(BareHost(text));
}

std::optional<Cidr> ParseCidr(std::string_view text) {
  const size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const std::optional<Address> address = ParseAddress(host);
  if (!address.has_value()) return std::nullopt;
  Cidr block{*address, 128};
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const bool is_v4 = host.find(':') == std::string_view::npos;
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (error != std::errc() || end != digits.data() + digits.size() || prefix > (is_v4 ? 32u : 128u)) {
      return std::nullopt;
    }
    block.prefix = prefix + (is_v4 ? kMappedBits : 0);
  }
  for (unsigned bit = block.prefix; bit < 128; ++bit) {
    block.address[bit / 8] = static_cast<uint8_t>(block.address[bit / 8] & ~(0x80u >> (bit % 8)));
  }
  return block;
}

void AddressSet::Insert(const Cidr& block) {
  blocks_.push_back(Block{Word(block.address.data()), Word(block.address.data() + 8), Mask(std::min(block.prefix, 64u)),
                          Mask(block.prefix > 64 ? block.prefix - 64 : 0)});
}

bool AddressSet::Contains(const Address& address) const {
  const uint64_t high = Word(address.data());
  const uint64_t low = Word(address.data() + 8);
  return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    return (((high ^ block.high) & block.high_mask) | ((low ^ block.low) & block.low_mask)) == 0;
  });
}

bool AddressSet::Contains(const Cidr& block) const {
  AddressSet whole;
  whole.Insert(block);
  const Block& inner = whole.blocks_[0];
  return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& outer) {
    const bool is_wider = ((outer.high_mask & ~inner.high_mask) | (outer.low_mask & ~inner.low_mask)) == 0;
    return is_wider &&
           (((inner.high ^ outer.high) & outer.high_mask) | ((inner.low ^ outer.low) & outer.low_mask)) == 0;
  });
}

const AddressSet& PrivateRanges() {
  static const AddressSet& ranges = *[] {
    auto* set = new AddressSet;
    for (const std::string_view block : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8",
                                         "169.254.0.0/16", "100.64.0.0/10", "::1/128", "fe80::/10", "fc00::/7"}) {
      set->Insert(*ParseCidr(block));
    }
    return set;
  }();
  return ranges;
}

}  // namespace logstat
