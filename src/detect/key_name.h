// What a key of hashes stands for: an address, a path, a path of a host. The first that is said stays.
//
//   KeyName name;
//   name.Set(event.text(Field::kPath), event.text(Field::kHost));
//   name.entity(), name.host()                                     // empty as long as nothing was said
//
// Texts are cut to kMostEvidenceBytes. Most keys of a table never get a name, and of those that do few have a host: the
// object is a string and a pointer. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_KEY_NAME_H_
#define LOGSTAT_SRC_DETECT_KEY_NAME_H_

#include <memory>
#include <string>
#include <string_view>

#include "src/deliver/kept_event.h"

namespace logstat {

class KeyName {
 public:
  const std::string& entity() const { return entity_; }
  std::string_view host() const { return host_ != nullptr ? std::string_view(*host_) : std::string_view(); }

  void Set(std::string_view entity, std::string_view host = {}) {
    if (!entity_.empty()) return;
    entity_ = entity.substr(0, kMostEvidenceBytes);
    if (!host.empty()) host_ = std::make_unique<std::string>(host.substr(0, kMostEvidenceBytes));
  }

 private:
  std::string entity_;
  std::unique_ptr<std::string> host_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_KEY_NAME_H_
