// The reasons that HAProxy, Envoy and Squid write. Data only: included by reasons.cc.
//
// Names are from "HAProxy Configuration Manual", section "Session state at disconnection"; "Envoy: Access logging
// usage", %RESPONSE_FLAGS%; "Squid wiki: Squid LogFiles", result codes. The glosses are ours.
#ifndef LOGSTAT_SRC_CATALOG_REASONS_PROXIES_H_
#define LOGSTAT_SRC_CATALOG_REASONS_PROXIES_H_

#include <string_view>

namespace logstat::catalog {

struct Letter {
  char letter;
  std::string_view gloss;
};

struct Reason {
  std::string_view name;
  std::string_view gloss;
};

// HAProxy, first letter: what ended the session.
inline constexpr Letter kHaproxyEnds[] = {
    {'-', "normal end"},
    {'C', "client aborted"},
    {'c', "client timed out"},
    {'S', "server aborted or refused"},
    {'s', "server timed out"},
    {'P', "HAProxy denied or cut it"},
    {'L', "HAProxy answered itself"},
    {'R', "HAProxy out of resources"},
    {'I', "HAProxy internal error"},
    {'D', "killed, server went down"},
    {'U', "killed, server came back"},
    {'K', "killed by an operator"},
};

// HAProxy, second letter: in which phase.
inline constexpr Letter kHaproxyPhases[] = {
    {'-', ""},
    {'R', "reading the request"},
    {'Q', "queued for a server"},
    {'C', "connecting to server"},
    {'H', "awaiting headers"},
    {'D', "transferring data"},
    {'L', "sending last data"},
    {'T', "held by a tarpit rule"},
};

// HAProxy, third letter: the client's persistence cookie.
inline constexpr Letter kHaproxyCookies[] = {
    {'-', ""},      {'N', ""},        {'I', "invalid"}, {'D', "of a down server"},
    {'V', "valid"}, {'E', "expired"}, {'O', "too old"}, {'U', "unused"},
};

// HAProxy, fourth letter: what became of that cookie in the response.
inline constexpr Letter kHaproxyCookieUpdates[] = {
    {'-', ""},          {'N', ""},        {'I', "inserted"}, {'U', "renewed"}, {'P', "set by server"},
    {'R', "rewritten"}, {'D', "deleted"},
};

// Envoy; several may stand together, parted by commas.
inline constexpr Reason kEnvoyFlags[] = {
    {"UH", "no healthy upstream"},
    {"UF", "upstream connection failed"},
    {"UO", "upstream overflow (circuit open)"},
    {"NR", "no route"},
    {"URX", "retries used up"},
    {"NC", "upstream cluster not found"},
    {"DT", "duration limit exceeded"},
    {"DC", "client closed the connection"},
    {"LH", "local health check failed"},
    {"UT", "upstream timed out"},
    {"LR", "connection reset locally"},
    {"UR", "upstream reset the stream"},
    {"UC", "upstream closed the connection"},
    {"DI", "delay injected"},
    {"FI", "fault injected"},
    {"RL", "rate limited"},
    {"UAEX", "denied by external authorization"},
    {"RLSE", "rate limit service failed"},
    {"IH", "invalid Envoy request header"},
    {"SI", "stream idle timeout"},
    {"DPE", "client broke the protocol"},
    {"UPE", "upstream broke the protocol"},
    {"UMSDR", "upstream stream too long"},
    {"RFCF", "answered from the cache"},
    {"NFCF", "filter configuration missing"},
    {"OM", "dropped by the overload manager"},
    {"DF", "name of upstream not resolved"},
    {"DO", "dropped, cluster overloaded"},
    {"DRO", "client reset the stream"},
    {"UDO", "dropped, overload rule of cluster"},
};

// Squid, without TCP_ or UDP_ in front and without what follows.
inline constexpr Reason kSquidResults[] = {
    {"HIT", "served from the cache"},
    {"MEM_HIT", "served from the cache in memory"},
    {"NEGATIVE_HIT", "cached error served"},
    {"OFFLINE_HIT", "served from the cache, offline mode"},
    {"STALE_HIT", "stale copy served"},
    {"IMS_HIT", "cached copy answers the condition"},
    {"INM_HIT", "cached copy answers the condition"},
    {"ASYNC_HIT", "served, refreshed in the background"},
    {"MISS", "not cached, asked the origin"},
    {"IMS_MISS", "condition failed, fetched"},
    {"CF_HIT", "shared another client's fetch"},
    {"CF_MISS", "fetched after another's fetch failed"},
    {"CLIENT_REFRESH", "client asked for a fresh copy"},
    {"CLIENT_REFRESH_MISS", "client asked for a fresh copy"},
    {"CLIENT_REFRESH_MODIFIED", "client asked for a fresh copy"},
    {"REFRESH", "cached copy checked at the origin"},
    {"REFRESH_HIT", "cached copy is still good"},
    {"REFRESH_UNMODIFIED", "cached copy is still good"},
    {"CF_REFRESH_UNMODIFIED", "cached copy is still good"},
    {"REFRESH_MISS", "cached copy was replaced"},
    {"REFRESH_MODIFIED", "cached copy was replaced"},
    {"CF_REFRESH_MODIFIED", "cached copy was replaced"},
    {"REF_FAIL_HIT", "check failed, stale copy served"},
    {"REFRESH_FAIL", "check failed, stale copy served"},
    {"REFRESH_FAIL_OLD", "check failed, stale copy served"},
    {"REFRESH_FAIL_HIT", "check failed, stale copy served"},
    {"REFRESH_FAIL_ERR", "check failed, error passed on"},
    {"REFRESH_IGNORED", "older answer of origin ignored"},
    {"SWAPFAIL", "cached copy unreadable"},
    {"SWAPFAIL_MISS", "cached copy unreadable, fetched"},
    {"DENIED", "denied by access rules"},
    {"DENIED_REPLY", "answer denied by access rules"},
    {"REDIRECT", "redirected by a helper program"},
    {"TUNNEL", "tunnel opened by CONNECT"},
    {"MISS_NOFETCH", "not cached and not to be fetched"},
    {"INVALID", "invalid request"},
    {"NONE", "no request that could be handled"},
};

// Squid, at the end: what went wrong meanwhile.
inline constexpr Reason kSquidEnds[] = {
    {"_ABORTED", "client left"},
    {"_TIMEOUT", "timed out"},
    {"_IGNORED", "ignored"},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_REASONS_PROXIES_H_
