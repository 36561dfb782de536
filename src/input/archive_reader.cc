#include "src/input/archive_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace logstat {
ArchiveReader::ArchiveReader(Compression compression, std::unique_ptr<ByteReader> compressed,
                             std::vector<uint8_t> start, const SourceSettings& settings,
                             std::unique_ptr<MemberSplit> split)
    : compression_(compression),
      decoder_bytes_(settings.decoder_bytes),
      stop_(settings.stop),
      decoder_(MakeDecoder(compression, settings.decoder_bytes)),
      in_(std::move(compressed), std::move(start)),
      split_(std::move(split)) {
  decoder_->Start();
}

StatusOr<size_t> ArchiveReader::Read(uint8_t* to, size_t most) {
  while (!ended_) {
    if (!ahead_.empty()) return GiveAhead(to, most);
    if (!in_member_) {
      StatusOr<bool> found = TakeAhead();
      if (found.ok() && !*found) found = FindNextMember();
      if (found.ok() && *found) continue;
      ended_ = true;
      if (!found.ok()) return found.status();
      break;
    }
    const StatusOr<size_t> made = ReadMember(to, most);
    if (!made.ok()) ended_ = true;
    if (!made.ok() || *made > 0) return made;
  }
  return 0;
}

// True if the members that follow are decoded already.
StatusOr<bool> ArchiveReader::TakeAhead() {
  const DecodedMembers* const members = split_ == nullptr ? nullptr : split_->Take(in_.offset());
  if (members == nullptr) return false;
  if (Status status = in_.Skip(members->end - members->begin); !status.ok()) return status;
  ahead_ = std::string_view(reinterpret_cast<const char*>(members->bytes.get()), members->size);
  return true;
}

size_t ArchiveReader::GiveAhead(uint8_t* to, size_t most) {
  const size_t given = std::min(most, ahead_.size());
  std::memcpy(to, ahead_.data(), given);
  ahead_.remove_prefix(given);
  return given;
}

// 0: the member has ended, or the run was asked to stop.
StatusOr<size_t> ArchiveReader::ReadMember(uint8_t* to, size_t most) {
  if (!error_.ok()) return std::exchange(error_, OkStatus());
  while (in_member_) {
    bool more = !in_.empty();
    if (!more) {
      const StatusOr<bool> filled = in_.Fill();
      if (!filled.ok()) return filled.status();
      more = *filled;
    }
    const Decoder::Step step = decoder_->Decode(in_.bytes(), in_.size(), to, most);
    in_.Consume(step.taken);
    in_member_ = !step.ended;
    const bool stuck = in_member_ && step.taken == 0 && step.made == 0;
    if (!step.damage.empty() || step.needed_bytes > 0) {
      error_ = ErrorOf(step);
    } else if (stuck && more) {
      error_ = ErrorOf(Decoder::Step{.damage = "no progress"});
    } else if (stuck && stop_.stop_requested()) {
      ended_ = true;
      return 0;
    } else if (stuck) {
      error_ =
          EnvironmentError(fmt::format("the {} data ends too early, at compressed byte {}: what was decoded is "
                                       "counted; run again with the whole file",
                                       CompressionName(compression_), in_.offset()));
    }
    if (step.made > 0) return step.made;
    if (!error_.ok()) return std::exchange(error_, OkStatus());
  }
  return 0;
}

Status ArchiveReader::ErrorOf(const Decoder::Step& step) const {
  const std::string_view name = CompressionName(compression_);
  if (step.needed_bytes == 0) {
    return EnvironmentError(fmt::format(
        "damaged {} data ({}) at compressed byte {}: what was decoded before is counted; run again with an intact copy",
        name, step.damage, in_.offset()));
  }
  constexpr uint64_t kMiB = uint64_t{1} << 20;
  return EnvironmentError(
      fmt::format("its {} data needs {} MiB to be decoded, and {} MiB are a decoder's part of the memory: give "
                  "--max-memory {}MiB",
                  name, (step.needed_bytes + kMiB - 1) / kMiB, decoder_bytes_ / kMiB,
                  (step.needed_bytes + kMiB - 1) / kMiB * kDecoderShare));
}

// False at the end of the archive.
StatusOr<bool> ArchiveReader::FindNextMember() {
  while (true) {
    const uint8_t* const end = in_.bytes() + in_.size();
    const uint8_t* const start = std::find_if(in_.bytes(), end, [](uint8_t byte) { return byte != 0; });
    in_.Consume(static_cast<size_t>(start - in_.bytes()));
    if (!in_.empty()) break;
    const StatusOr<bool> filled = in_.Fill();
    if (!filled.ok()) return filled.status();
    if (!*filled) return false;
  }
  while (in_.size() < kMagicBytes) {
    const StatusOr<bool> filled = in_.Fill();
    if (!filled.ok()) return filled.status();
    if (!*filled) break;
  }
  const std::string_view start(reinterpret_cast<const char*>(in_.bytes()), in_.size());
  if (RecognizeCompression(start, true) == compression_) {
    decoder_->Start();
    in_member_ = true;
    return true;
  }
  if (!stop_.stop_requested()) {
    warning_ = fmt::format("ignored what follows the {} data, from compressed byte {} on",
                           CompressionName(compression_), in_.offset());
  }
  return false;
}

}  // namespace logstat
