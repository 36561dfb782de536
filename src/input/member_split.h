// Many workers decode one archive: members that come later, decoded before the reader arrives at them.
//
//   MemberSplit split(Compression::kGzip, descriptor, start, settings);
//   while (split.DecodeAhead()) continue;                           // any worker that has nothing else to do
//   if (const DecodedMembers* ahead = split.Take(offset)) ...       // the reader, where a member must start
//
// A gzip file of many members (bgzip, a server that compresses each buffer of its log, `cat a.gz b.gz`), or a bzip2
// file of many streams (pbzip2), can be decoded from the start of any member on. Where they start is not written down
// (BGZF says so, but only from one to the next), so it is guessed: the compressed file is cut into stripes, and a
// stripe has the members that start in it. Whoever has nothing else to do takes the next stripe that nobody has, looks
// for the first bytes that may be a member's, and decodes from there all members that start in the stripe.
//
// A guess can be wrong: compressed data may hold anything, also the bytes of a whole member. So what was decoded ahead
// is a proposal to the reader, who decodes the archive in order as if nobody helped. Only if the reader arrives at
// exactly the byte where a proposal starts, at the end of a complete member, it takes those bytes and goes on where
// they end. A proposal holds complete members with right checksums only; what is cut, damaged or too large for it is
// left to the reader. So the decoded bytes, and the place and name of every error, are those of decoding in order: the
// reader is the one who decides, and this file can make it faster but not wrong.
//
// Costs: at most kMostAhead proposals of at most 8 MiB, and together no more than a decoder may take. Taking one copies
// its bytes, a tenth of what decoding them costs. Guesses that come to nothing are counted, and when they are many more
// than the others there are no more: so members too large for a proposal, and files made to deceive, cost milliseconds.
// An archive of one member costs the search of the first kReachStripes stripes.
#ifndef LOGSTAT_SRC_INPUT_MEMBER_SPLIT_H_
#define LOGSTAT_SRC_INPUT_MEMBER_SPLIT_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>

#include "src/input/compressed_bytes.h"
#include "src/input/compression.h"
#include "src/input/decoder.h"
#include "src/input/source.h"

namespace logstat {

// One or more complete members.
struct DecodedMembers {
  uint64_t begin = 0;  // compressed offsets
  uint64_t end = 0;
  std::unique_ptr<uint8_t[]> bytes;
  size_t size = 0;
};

// DecodeAhead() is thread-safe. Take() is for one reader at a time.
class MemberSplit {
 public:
  // Whether the members of such an archive can be found, and decoded with little memory.
  static bool CanSplit(Compression compression);

  // The archive is the regular file `descriptor` from byte `start` on; it must stay open. All offsets below are the
  // archive's.
  MemberSplit(Compression compression, int descriptor, uint64_t start, const SourceSettings& settings);
  ~MemberSplit();

  // Decodes what nobody has decoded; false if there is nothing to do now.
  bool DecodeAhead();

  // The members that start at `offset`, where the reader has arrived. Null: nobody decoded them. Waits for whoever is
  // at it. Valid until the next call.
  const DecodedMembers* Take(uint64_t offset);

 private:
  static constexpr size_t kMostAhead = 16;

  struct Proposal;

  bool DecodeNextStripe(std::unique_lock<std::mutex>& lock);
  void DropPassed(uint64_t offset);
  Proposal* Find(uint64_t offset);
  void DecodeStripe(Proposal& proposal) const;
  bool FindStart(CompressedBytes& in, uint64_t stripe_end) const;
  bool IsAtMember(CompressedBytes& in) const;
  bool DecodeMembers(Proposal& proposal, uint64_t stripe_end) const;
  bool DecodeMember(Proposal& proposal) const;

  const Compression compression_;
  const uint64_t start_;
  const uint64_t stripe_bytes_;
  const size_t capacity_;  // of a proposal

  std::mutex mutex_;                 // guards all below
  std::condition_variable changed_;  // a stripe is done
  std::list<Proposal> proposals_;    // kMostAhead of them; one that is busy belongs to who decodes it
  Proposal* taken_ = nullptr;
  uint64_t position_ = 0;     // where the reader last asked
  uint64_t next_stripe_ = 1;  // the reader itself is in the first
  uint64_t used_ = 0;
  uint64_t unused_ = 0;
  bool given_up_ = false;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_MEMBER_SPLIT_H_
