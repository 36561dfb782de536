#include "bench/genlog_lib.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <utility>

#include "bench/genlog_hard.h"
#include "bench/genlog_reformat.h"
#include "bench/genlog_words.h"

namespace logstat::genlog {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;
// No clean line is longer: the request of a 414 has at most 6 KB, everything else together less than 2 KB.
constexpr size_t kLongestCleanLine = 8192;
constexpr uint64_t kSecondNs = 1000000000;
// The rate by hour of the day in percent of the mean.
constexpr std::array<uint64_t, 24> kDayCurve = {62,  48,  38,  32,  30,  34,  46,  66,  86,  102, 112, 118,
                                                124, 122, 118, 118, 122, 130, 142, 154, 160, 150, 122, 88};

// Copies and returns the end; every writer below works like that.
char* Put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* PutNumber(char* out, uint64_t value) { return std::to_chars(out, out + 20, value).ptr; }

char* PutHex16(char* out, uint64_t value) { return std::to_chars(out, out + 4, value & 0xffff, 16).ptr; }

// The path of a rank: the popular ones by name, the others made of words and their rank, so all differ.
char* PutPath(char* out, uint64_t rank) {
  if (rank < kTopPaths.size()) return Put(out, kTopPaths[rank]);
  const uint64_t hash = Mix64(rank);
  out = Put(out, kSections[hash % kSections.size()]);
  out = Put(out, kThings[(hash >> 8) % kThings.size()]);
  *out++ = '-';
  out = Put(out, kThings[(hash >> 24) % kThings.size()]);
  *out++ = '-';
  out = PutNumber(out, rank);
  return Put(out, kExtensions[(hash >> 16) % kExtensions.size()]);
}

// Of a log of distinct keys: the clients that come often, and the one of each other line. An odd factor permutes the
// numbers below 2^30, so that addresses neither repeat nor come in order.
char* PutAddress(char* out, uint64_t address) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out = PutNumber(out, (address >> shift) & 0xff);
    if (shift > 0) *out++ = '.';
  }
  return out;
}
char* PutHeavyClient(char* out, uint64_t rank) { return PutAddress(out, (uint64_t{10} << 24) + (rank & 0xffffff)); }
char* PutOwnClient(char* out, uint64_t line) {
  return PutAddress(out, (uint64_t{128} << 24) + ((line * 0x9E3779B1u) & ((uint64_t{1} << 30) - 1)));
}

char* PutLongQuery(char* out, Random& random) {
  out = Put(out, "/search?q=");
  for (uint64_t left = 2000 + random.Below(4000); left > 0; --left) *out++ = static_cast<char>('a' + random.Below(26));
  return out;
}

// 2^x, x between 7 and 21 with the bell shape of a sum of four uniform numbers, in fixed point.
uint64_t BodySize(Random& random) {
  const uint64_t bits = random.Next();
  const uint64_t sum = (bits & 0x3fff) + ((bits >> 14) & 0x3fff) + ((bits >> 28) & 0x3fff) + ((bits >> 42) & 0x3fff);
  const uint64_t x = (uint64_t{7} << 16) + 14 * sum;
  return ((0x10000 + (x & 0xffff)) << (x >> 16)) >> 16;
}

uint64_t BytesSent(unsigned status, bool head, Random& random) {
  if (head || status == 304 || status == 204 || status == 499 || status == 408) return 0;
  if (status == 301 || status == 302) return 145 + 17 * random.Below(2);
  if (status >= 400) return 146 + 11 * (status % 10);
  if (status == 206) return random.Chance(1, 2) ? 1048576 : BodySize(random);
  return BodySize(random);
}

std::string_view PickMethod(Random& random) {
  const uint64_t die = random.Below(1000);
  if (die < 910) return "GET";
  if (die < 975) return "POST";
  if (die < 992) return "HEAD";
  return die < 997 ? "OPTIONS" : "PUT";
}

}  // namespace

std::optional<Format> FindFormat(std::string_view name) {
  if (name == "common") return Format::kCommon;
  if (name == "combined") return Format::kCombined;
  if (name == "vhost_common") return Format::kVhostCommon;
  if (name == "vhost_combined") return Format::kVhostCombined;
  if (name == "nginx_json") return Format::kNginxJson;
  if (name == "pipe") return Format::kPipe;
  if (name == "ltsv") return Format::kLtsv;
  if (name == "w3c") return Format::kW3c;
  if (name == "caddy") return Format::kCaddy;
  if (name == "squid") return Format::kSquid;
  if (name == "haproxy") return Format::kHaproxy;
  if (name == "alb") return Format::kAlb;
  return std::nullopt;
}

std::string TimeStamp(int64_t unix_seconds) {
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::chrono::sys_seconds time{std::chrono::seconds(unix_seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("[{:02}/{}/{:04}:{:02}:{:02}:{:02} +0000]", static_cast<unsigned>(date.day()),
                     kMonths.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3), static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string Stats::ToJson() const {
  std::string text = fmt::format(
      "{{\"lines\": {}, \"counted\": {}, \"rejected\": {}, \"ignored\": {}, \"bytes\": {}, \"response_bytes\": {}, "
      "\"codes\": {{",
      lines, counted, rejected, ignored, bytes, response_bytes);
  bool first = true;
  for (size_t code = 0; code < codes.size(); ++code) {
    if (codes[code] == 0) continue;
    text += fmt::format("{}\"{}\": {}", std::exchange(first, false) ? "" : ", ", code, codes[code]);
  }
  text += "}";
  if (distinct != 0) {
    text += fmt::format(", \"distinct\": {}", distinct);
    const auto add = [&text](std::string_view name, const auto& counts, auto put) {
      text += fmt::format(", \"{}\": {{", name);
      for (size_t rank = 0; rank < counts.size(); ++rank) {
        char key[128];
        const std::string_view shown(key, static_cast<size_t>(put(key, rank) - key));
        text += fmt::format("{}\"{}\": {}", rank == 0 ? "" : ", ", shown, counts[rank]);
      }
      text += "}";
    };
    add("clients", clients, PutHeavyClient);
    add("paths", paths, PutPath);
    add("missing_paths", missing_paths,
        [this](char* out, uint64_t rank) { return PutPath(out, first_missing + rank); });
  }
  return text + "}\n";
}

LogGenerator::LogGenerator(const Options& options)
    : options_(options), random_(Mix64(options.seed)), mean_gap_ns_(kSecondNs / options.lines_per_second) {
  stamp_seconds_.fill(INT64_MIN);
  size_t next = 0;
  for (const StatusWeight& weight : kStatusMix) {
    for (unsigned i = 0; i < weight.per_ten_thousand; ++i) status_of_[next++] = weight.status;
  }
  stats_.first_missing = options.paths + kTopPaths.size();
  block_.resize(kBlockBytes + kLongestCleanLine);
}

// Moves the clock on by a gap of 0 to 2 mean gaps and chooses the stamp of the next line.
void LogGenerator::Tick() {
  uint64_t gap_ns = mean_gap_ns_;
  if (options_.day_curve) {
    const int64_t second = options_.start_seconds + static_cast<int64_t>(clock_ns_ / kSecondNs);
    gap_ns = gap_ns * 100 / kDayCurve[static_cast<size_t>((second % 86400 + 86400) % 86400 / 3600)];
  }
  clock_ns_ += random_.Below(2 * gap_ns + 1);
  int64_t second = options_.start_seconds + static_cast<int64_t>(clock_ns_ / kSecondNs);
  if (random_.Chance(1, 10)) second -= 1 + static_cast<int64_t>(random_.Below(3));
  const size_t slot = static_cast<size_t>(second & 7);
  if (stamp_seconds_[slot] != second) {
    stamp_seconds_[slot] = second;
    std::memcpy(stamps_[slot].data(), TimeStamp(second).data(), kStampBytes);
  }
  stamp_ = stamps_[slot].data();
  second_ = second;
}

char* LogGenerator::Client(char* out, uint64_t rank) const {
  const uint64_t hash = Mix64(rank * 0x9e3779b97f4a7c15ULL + options_.seed);
  const uint64_t kind = (hash >> 32) % 100;
  if (kind < 92) {
    uint64_t first = 1 + (hash & 0xff) % 221;  // 1 to 223 without 10 and 127
    first += (first >= 10) + (first >= 126);
    out = PutNumber(out, first);
    for (int shift = 8; shift < 32; shift += 8) {
      *out++ = '.';
      out = PutNumber(out, (hash >> shift) & 0xff);
    }
    return out;
  }
  if (kind < 98) {
    out = Put(out, "2001:db8:");
    out = PutHex16(out, hash);
    *out++ = ':';
    out = PutHex16(out, hash >> 16);
    out = Put(out, "::");
    return PutHex16(out, rank + 1);
  }
  out = Put(out, "dsl-");
  out = PutNumber(out, rank);
  return Put(out, ".pool.example.net");
}

// "client - user [time] ", with the host first where the format has one.
char* LogGenerator::Prefix(char* out, uint64_t rank, bool is_own) {
  if (HasHost(options_.format)) {
    out = Put(out, kHosts[random_.Zipf(kHosts.size())]);
    out = Put(out, random_.Chance(4, 5) ? ":443 " : ":80 ");
  }
  out = !options_.distinct ? Client(out, rank) : is_own ? PutOwnClient(out, stats_.lines) : PutHeavyClient(out, rank);
  out = Put(out, " - ");
  out = Put(out, random_.Chance(1, 100) ? kUsers[random_.Below(kUsers.size())] : "-");
  *out++ = ' ';
  out = Put(out, std::string_view(stamp_, kStampBytes));
  *out++ = ' ';
  return out;
}

// Pages that are missing are not those that are popular.
char* LogGenerator::Path(char* out, unsigned status, bool is_own) {
  constexpr uint64_t kMissing = 1000;
  if (is_own) return PutPath(out, stats_.first_missing + kMissing + stats_.lines);
  const bool is_missing = status == 404;
  const uint64_t rank = random_.Zipf(is_missing ? kMissing : options_.paths);
  if (options_.distinct && rank < Stats::kHeavy) ++(is_missing ? stats_.missing_paths : stats_.paths)[rank];
  return PutPath(out, is_missing ? stats_.first_missing + rank : rank);
}

char* LogGenerator::CleanLine(char* out) {
  const unsigned status = status_of_[random_.Below(status_of_.size())];
  // 421 hits the one address behind which many users sit, so that its lines show many agents.
  const bool gateway = status == 421;
  const uint64_t client = gateway ? std::min<uint64_t>(7, options_.clients - 1) : random_.Zipf(options_.clients);
  const bool is_own = options_.distinct && !random_.Chance(1, 10);
  if (is_own) ++stats_.distinct;
  if (options_.distinct && !is_own && client < Stats::kHeavy) ++stats_.clients[client];
  const std::string_view method = PickMethod(random_);
  const uint64_t bytes = BytesSent(status, method == "HEAD", random_);
  out = Prefix(out, client, is_own);
  *out++ = '"';
  out = Put(out, method);
  *out++ = ' ';
  if (status == 414) {
    out = PutLongQuery(out, random_);
  } else {
    out = Path(out, status, is_own);
    if (random_.Chance(1, 3)) out = Put(out, kQueries[random_.Below(kQueries.size())]);
  }
  out = Put(out, random_.Chance(1, 4) ? " HTTP/1.1\" " : " HTTP/2.0\" ");
  out = PutNumber(out, status);
  *out++ = ' ';
  out = PutNumber(out, bytes);
  if (HasAgent(options_.format)) {
    const uint64_t die = random_.Below(9);
    out = Put(out, " \"");
    if (die < 2) {
      *out++ = '-';
    } else if (die < 7) {
      out = Put(out, "https://shop.example.com");
      out = PutPath(out, random_.Zipf(options_.paths));
      if (random_.Chance(1, 3)) out = Put(out, kQueries[random_.Below(kQueries.size())]);
    } else {
      out = Put(out, kSearchReferrers[random_.Below(kSearchReferrers.size())]);
    }
    out = Put(out, "\" \"");
    out = Put(out, kAgents[gateway ? random_.Below(kAgents.size()) : Mix64(client + 11) % kAgents.size()]);
    *out++ = '"';
  }
  *out++ = '\n';
  ++stats_.counted;
  ++stats_.codes[status];
  stats_.response_bytes += bytes;
  return out;
}

void LogGenerator::HardLine(std::string& line) {
  char client[64];
  char host[64];
  HardContext context;
  context.client =
      std::string_view(client, static_cast<size_t>(Client(client, random_.Zipf(options_.clients)) - client));
  if (HasHost(options_.format)) {
    char* const end = Put(Put(host, kHosts[random_.Zipf(kHosts.size())]), ":443 ");
    context.host = std::string_view(host, static_cast<size_t>(end - host));
  }
  context.stamp = std::string_view(stamp_, kStampBytes);
  context.seconds = options_.start_seconds + static_cast<int64_t>(clock_ns_ / kSecondNs);
  context.has_agent = HasAgent(options_.format);
  line.clear();
  const LineTruth truth = AppendHardLine(context, random_, &line);
  switch (truth.kind) {
    case LineTruth::kCounted:
      ++stats_.counted;
      ++stats_.codes[static_cast<size_t>(truth.code)];
      stats_.response_bytes += truth.bytes;
      break;
    case LineTruth::kRejected:
      ++stats_.rejected;
      break;
    case LineTruth::kIgnored:
      ++stats_.ignored;
      break;
  }
}

std::string_view LogGenerator::Next() {
  char* out = block_.data();
  while (stats_.lines < options_.lines && out < block_.data() + kBlockBytes) {
    Tick();
    ++stats_.lines;
    if (options_.dirty_ppm > 0 && random_.Chance(options_.dirty_ppm, 1000000)) {
      HardLine(hard_line_);
      const size_t used = static_cast<size_t>(out - block_.data());
      if (used + hard_line_.size() + kLongestCleanLine > block_.size()) {
        block_.resize(used + hard_line_.size() + kBlockBytes);
        out = block_.data() + used;
      }
      out = Put(out, hard_line_);
    } else {
      char* const line = out;
      out = CleanLine(out);
      if (IsReformatted(options_.format)) {
        other_line_.clear();
        AppendReformatted(options_.format, std::string_view(line, static_cast<size_t>(out - line)), second_,
                          &other_line_);
        out = Put(line, other_line_);
      }
    }
  }
  const size_t size = static_cast<size_t>(out - block_.data());
  stats_.bytes += size;
  return std::string_view(block_.data(), size);
}

std::string GenerateLog(const Options& options, Stats* stats) {
  LogGenerator generator(options);
  std::string log;
  for (std::string_view block = generator.Next(); !block.empty(); block = generator.Next()) log.append(block);
  if (stats != nullptr) *stats = generator.stats();
  return log;
}

}  // namespace logstat::genlog
