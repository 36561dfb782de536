// What a client is called of which only the hash is known: its events have its text; who has none is found in the table
// of clients, unless there were too many.
//
//   if (events.count() == 0) texts.Want(Field::kClient, client);        // Detector::Want()
//   ClientName(client, &events, context.texts)                          // Finish(); empty: not known
#ifndef LOGSTAT_SRC_DETECT_CLIENT_NAME_H_
#define LOGSTAT_SRC_DETECT_CLIENT_NAME_H_

#include <cstdint>
#include <string>
#include <vector>

#include "src/detect/evidence.h"
#include "src/detect/key_texts.h"

namespace logstat {

// `events` are those of the client; null: there were none.
inline std::string ClientName(uint64_t client, const Evidence* events, const KeyTexts& texts) {
  if (events != nullptr) {
    if (const std::vector<EvidenceCount> top = events->clients().Top(1); !top.empty()) return top[0].key;
  }
  return std::string(texts.Find(Field::kClient, client).substr(0, kMostEvidenceBytes));
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CLIENT_NAME_H_
