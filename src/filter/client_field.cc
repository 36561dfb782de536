#include "src/filter/client_field.h"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace logstat {

std::string_view ClientField::ClientOf(std::string_view forwarded_for) const {
  while (!forwarded_for.empty()) {
    const size_t comma = forwarded_for.rfind(',');
    const size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
    const std::string_view element = BareHost(forwarded_for.substr(begin));
    if (!element.empty() && element != "-") {
      const std::optional<Address> address = ParseAddress(element);
      if (!address.has_value() || !trusted_.Contains(*address)) return element;
    }
    forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return {};
}

void ClientField::Choose(RecordBatch& batch, const Selection& selection) const {
  if (!active() || batch.IsEntirelyMissing(field_)) return;
  selection.ForEach([&](size_t row) {
    if (batch.IsMissing(field_, row)) return;
    const std::string_view text = batch.View(field_, row);
    const std::string_view client = field_ == Field::kXff ? ClientOf(text) : BareHost(text);
    if (!client.empty() && client != "-") batch.PutText(Field::kClient, row, client);
  });
}

StatusOr<ClientField> MakeClientField(const Options& options) {
  ClientField client;
  if (!options.client_field.empty()) {
    const std::optional<Field> field = FindField(options.client_field);
    if (!field.has_value() || !IsText(*field)) {
      std::string names;
      for (size_t i = kFirstTextField; i < kFieldCount; ++i) {
        names.append(names.empty() ? "" : ", ").append(FieldName(static_cast<Field>(i)));
      }
      return UsageError(
          fmt::format("--client: '{}' is no field that holds text; take one of {}", options.client_field, names));
    }
    client.field_ = *field;
  }
  if (!options.trusted_proxies.empty() && client.field_ != Field::kXff) {
    return UsageError("--trusted-proxy has a meaning only with --client xff");
  }
  if (options.trusted_proxies.empty()) client.trusted_ = PrivateRanges();
  for (const std::string& text : options.trusted_proxies) {
    const std::optional<Cidr> block = ParseCidr(text);
    if (!block.has_value()) {
      return UsageError(
          fmt::format("--trusted-proxy: '{}' is no address and no block of them, as 10.0.0.0/8 or fd00::/8", text));
    }
    client.trusted_.Insert(*block);
  }
  return client;
}

}  // namespace logstat
