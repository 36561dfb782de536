// Which text of a line is its client: --client and --trusted-proxy.
//
//   StatusOr<ClientField> client = MakeClientField(options);     // client_field "xff"
//   columns = columns | client->columns();
//   client->Choose(batch, selection);                            // rewrites the client column of these rows
//
// Behind a proxy the client column is the proxy's address, and the client stands in another field. Of the field `xff`
// (X-Forwarded-For), to which every proxy appends whom it has the request from, it is the rightmost element that is no
// trusted proxy: what stands left of it may be anybody's invention. Where the line has no such element, or not the
// field at all, the client column stays. Immutable; thread-safe.
#ifndef LOGSTAT_SRC_FILTER_CLIENT_FIELD_H_
#define LOGSTAT_SRC_FILTER_CLIENT_FIELD_H_

#include <string_view>

#include "logstat/options.h"
#include "src/base/status.h"
#include "src/filter/cidr.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

class ClientField {
 public:
  // The client column as it is.
  ClientField() = default;

  // False if Choose() has nothing to do.
  bool active() const { return field_ != Field::kClient; }

  // The field that the client is taken from.
  Field field() const { return field_; }

  // The columns that Choose() needs.
  ColumnSet columns() const { return active() ? ColumnSet{Field::kClient, field_} : ColumnSet{}; }

  void Choose(RecordBatch& batch, const Selection& selection) const;

  // The element of an X-Forwarded-For header that is the client; empty if all are trusted.
  std::string_view ClientOf(std::string_view forwarded_for) const;

 private:
  friend StatusOr<ClientField> MakeClientField(const Options& options);

  Field field_ = Field::kClient;
  AddressSet trusted_;
};

// Errors are the user's: a field that is no text, a block that is none.
StatusOr<ClientField> MakeClientField(const Options& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_CLIENT_FIELD_H_
