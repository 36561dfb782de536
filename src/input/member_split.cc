#include "src/input/member_split.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <string_view>
#include <utility>

namespace logstat {
namespace {

// About 1 MiB of log and half a millisecond of decoding.
constexpr uint64_t kStripeBytes = uint64_t{128} << 10;
constexpr uint64_t kLeastStripeBytes = 64;

// How far ahead of the reader stripes are searched: 8 MiB.
constexpr uint64_t kReachStripes = 64;

constexpr size_t kMostProposalBytes = size_t{8} << 20;

// Each start that was guessed wrongly may cost the decoding of a whole proposal.
constexpr int kMostGuesses = 4;
constexpr uint64_t kMostUnused = 8;  // more than those that were used

// What every member starts with; a gzip member's flags must be those that are defined, too.
std::string_view StartOf(Compression compression) {
  return compression == Compression::kGzip ? std::string_view("\x1f\x8b\x08") : std::string_view("BZh");
}

constexpr size_t kGzipFlags = 3;
constexpr uint8_t kUndefinedGzipFlags = 0xe0;
static_assert(kMagicBytes > kGzipFlags);

// Small, because what is read beyond a stripe is read again for the next one.
bool FillMore(CompressedBytes& in) { return in.Fill(size_t{64} << 10).value_or(false); }

}  // namespace

// A view of the archive at any place; the descriptor is the caller's.
class MovableReader final : public ByteReader {
 public:
  explicit MovableReader(int descriptor) : descriptor_(descriptor) {}

  void MoveTo(uint64_t position) { position_ = position; }

  // An error is the reader's to report, in its turn.
  StatusOr<size_t> Read(uint8_t* to, size_t most) override {
    ssize_t got;
    do {
      got = pread(descriptor_, to, most, static_cast<off_t>(position_));
    } while (got < 0 && errno == EINTR);
    if (got < 0) return ErrnoStatus(errno, "cannot read");
    position_ += static_cast<uint64_t>(got);
    return static_cast<size_t>(got);
  }

 private:
  const int descriptor_;
  uint64_t position_ = 0;
};

// Used again and again, with the memory of its parts.
struct MemberSplit::Proposal {
  enum State { kFree, kBusy, kReady };

  explicit Proposal(std::unique_ptr<MovableReader> reader) : file(reader.get()), in(std::move(reader)) {}

  void MoveTo(uint64_t archive_start, uint64_t offset) {
    file->MoveTo(archive_start + offset);
    in.Restart(offset);
  }

  State state = kFree;
  uint64_t stripe = 0;
  MovableReader* const file;
  CompressedBytes in;
  std::unique_ptr<Decoder> decoder;  // made when it is first needed, like the memory of the members
  DecodedMembers members;
  uint64_t wrong_guesses = 0;
  bool at_end = false;  // the file ends before the stripe
};

bool MemberSplit::CanSplit(Compression compression) {
  return compression == Compression::kGzip || compression == Compression::kBzip2;
}

MemberSplit::MemberSplit(Compression compression, int descriptor, uint64_t start, const SourceSettings& settings)
    : compression_(compression),
      start_(start),
      stripe_bytes_(std::clamp<uint64_t>(settings.cell_bytes, kLeastStripeBytes, kStripeBytes)),
      capacity_(static_cast<size_t>(std::min<uint64_t>(settings.decoder_bytes / kMostAhead, kMostProposalBytes))) {
  while (proposals_.size() < kMostAhead) proposals_.emplace_back(std::make_unique<MovableReader>(descriptor));
}

MemberSplit::~MemberSplit() = default;

bool MemberSplit::DecodeAhead() {
  std::unique_lock lock(mutex_);
  return DecodeNextStripe(lock);
}

bool MemberSplit::DecodeNextStripe(std::unique_lock<std::mutex>& lock) {
  const auto place = std::find_if(proposals_.begin(), proposals_.end(),
                                  [](const Proposal& proposal) { return proposal.state == Proposal::kFree; });
  const uint64_t reader_stripe = position_ / stripe_bytes_;
  const uint64_t stripe = std::max(next_stripe_, reader_stripe + 1);
  if (given_up_ || capacity_ == 0 || place == proposals_.end() || stripe > reader_stripe + kReachStripes) return false;
  Proposal& proposal = *place;
  proposal.state = Proposal::kBusy;
  proposal.stripe = stripe;
  next_stripe_ = stripe + 1;
  lock.unlock();
  bool out_of_memory = false;
  try {
    DecodeStripe(proposal);
  } catch (const std::bad_alloc&) {
    out_of_memory = true;  // nobody waits for this one: the reader needs less
  }
  lock.lock();
  const bool found = !out_of_memory && proposal.members.end > proposal.members.begin;
  proposal.state = found ? Proposal::kReady : Proposal::kFree;
  unused_ += proposal.wrong_guesses;
  given_up_ = given_up_ || out_of_memory || proposal.at_end || unused_ > used_ + kMostUnused;
  changed_.notify_all();
  return true;
}

const DecodedMembers* MemberSplit::Take(uint64_t offset) {
  std::unique_lock lock(mutex_);
  if (taken_ != nullptr) taken_->state = Proposal::kFree;
  taken_ = nullptr;
  position_ = offset;
  while (true) {
    DropPassed(offset);
    Proposal* const proposal = Find(offset);
    if (proposal == nullptr) return nullptr;
    if (proposal->state == Proposal::kReady) {
      ++used_;
      taken_ = proposal;
      return &proposal->members;
    }
    if (!DecodeNextStripe(lock)) changed_.wait(lock);
  }
}

void MemberSplit::DropPassed(uint64_t offset) {
  for (Proposal& proposal : proposals_) {
    if (proposal.state != Proposal::kReady || proposal.members.begin >= offset) continue;
    proposal.state = Proposal::kFree;
    ++unused_;
  }
}

// That which starts there, or may turn out to.
MemberSplit::Proposal* MemberSplit::Find(uint64_t offset) {
  for (Proposal& proposal : proposals_) {
    if (proposal.stripe != offset / stripe_bytes_) continue;
    const bool starts_there = proposal.state == Proposal::kReady && proposal.members.begin == offset;
    if (starts_there || proposal.state == Proposal::kBusy) return &proposal;
  }
  return nullptr;
}

void MemberSplit::DecodeStripe(Proposal& proposal) const {
  const uint64_t stripe_end = (proposal.stripe + 1) * stripe_bytes_;
  if (proposal.decoder == nullptr) proposal.decoder = MakeDecoder(compression_, capacity_);
  if (proposal.members.bytes == nullptr) proposal.members.bytes.reset(new uint8_t[capacity_]);
  proposal.members.begin = proposal.members.end = 0;
  proposal.wrong_guesses = 0;
  proposal.MoveTo(start_, proposal.stripe * stripe_bytes_);
  proposal.at_end = !FillMore(proposal.in);
  for (int guess = 0; guess < kMostGuesses && FindStart(proposal.in, stripe_end); ++guess) {
    if (DecodeMembers(proposal, stripe_end)) return;
    ++proposal.wrong_guesses;
    proposal.MoveTo(start_, proposal.members.begin + 1);
  }
}

// Goes to the next bytes of the stripe that a member may start with; false: there are none.
bool MemberSplit::FindStart(CompressedBytes& in, uint64_t stripe_end) const {
  const std::string_view pattern = StartOf(compression_);
  while (in.offset() < stripe_end) {
    const std::string_view bytes(reinterpret_cast<const char*>(in.bytes()), in.size());
    const size_t at = bytes.find(pattern);
    if (at == std::string_view::npos) {
      in.Consume(bytes.size() - std::min(bytes.size(), pattern.size() - 1));
      if (in.offset() < stripe_end && !FillMore(in)) return false;
      continue;
    }
    in.Consume(at);
    if (in.offset() >= stripe_end) return false;
    if (IsAtMember(in)) return true;
    in.Consume(1);
  }
  return false;
}

bool MemberSplit::IsAtMember(CompressedBytes& in) const {
  while (in.size() < kMagicBytes && FillMore(in)) continue;
  const std::string_view start(reinterpret_cast<const char*>(in.bytes()), in.size());
  if (RecognizeCompression(start, true) != compression_) return false;
  if (compression_ != Compression::kGzip) return true;
  return start.size() > kGzipFlags && (static_cast<uint8_t>(start[kGzipFlags]) & kUndefinedGzipFlags) == 0;
}

// False if not even the first one is complete.
bool MemberSplit::DecodeMembers(Proposal& proposal, uint64_t stripe_end) const {
  DecodedMembers& members = proposal.members;
  members.begin = members.end = proposal.in.offset();
  members.size = 0;
  while (proposal.in.offset() < stripe_end && IsAtMember(proposal.in) && DecodeMember(proposal)) continue;
  return members.end > members.begin;
}

bool MemberSplit::DecodeMember(Proposal& proposal) const {
  CompressedBytes& in = proposal.in;
  proposal.decoder->Start();
  for (size_t size = proposal.members.size; size < capacity_;) {
    if (in.empty() && !FillMore(in)) return false;
    const Decoder::Step step =
        proposal.decoder->Decode(in.bytes(), in.size(), proposal.members.bytes.get() + size, capacity_ - size);
    in.Consume(step.taken);
    size += step.made;
    if (!step.damage.empty() || step.needed_bytes > 0) return false;
    if (step.ended) {
      proposal.members.size = size;
      proposal.members.end = in.offset();
      return true;
    }
    if (step.taken == 0 && step.made == 0) return false;
  }
  return false;
}

}  // namespace logstat
