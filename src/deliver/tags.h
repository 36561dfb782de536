// What detectors know of a row's client, path, agent and host: one word of each, a function of the text alone.
//
//   ClientHash("2001:db8::1")     // by what a client is known: an address of IPv6 by its /64, because a host has as
//                                 // many addresses in that as it likes
//   ClientGroup("2001:db8::1")    // "2001:db8::/64"; empty: the client is its own group
//   plan.tags = FindingTags();    // for KeyCounter, which asks once per key
//
// Words of paths, agents and hosts: src/catalog/text_tags.h. To find the block of an address takes as long as to read
// several lines. Pure; thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_TAGS_H_
#define LOGSTAT_SRC_DELIVER_TAGS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "src/catalog/text_tags.h"
#include "src/record/row_tags.h"

namespace logstat {

// What stands for a client that is an address of IPv6, has a port, or maps to IPv4.
std::string ClientGroup(std::string_view client);
uint64_t ClientHash(std::string_view client);
KeyTag ClientTag(std::string_view client);

// Those of all four fields.
const std::map<Field, TagFunction>& FindingTags();

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_TAGS_H_
