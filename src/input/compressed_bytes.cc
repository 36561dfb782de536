#include "src/input/compressed_bytes.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace logstat {

CompressedBytes::CompressedBytes(std::unique_ptr<ByteReader> reader, std::vector<uint8_t> start)
    : reader_(std::move(reader)), buffer_(std::move(start)), end_(buffer_.size()) {}

void CompressedBytes::Consume(size_t taken) {
  begin_ += taken;
  offset_ += taken;
}

StatusOr<bool> CompressedBytes::Fill(size_t piece) {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), bytes(), size());
    end_ -= begin_;
    begin_ = 0;
  }
  const size_t wanted = piece - (offset_ + end_) % piece;
  if (buffer_.size() < end_ + wanted) buffer_.resize(end_ + piece);
  const StatusOr<size_t> got = reader_->Read(buffer_.data() + end_, wanted);
  if (!got.ok()) return got.status();
  end_ += *got;
  return *got > 0;
}

Status CompressedBytes::Skip(uint64_t bytes) {
  const uint64_t unread = bytes - std::min<uint64_t>(bytes, size());
  if (unread > 0) {
    if (Status status = reader_->Skip(unread); !status.ok()) return status;
  }
  begin_ += static_cast<size_t>(bytes - unread);
  offset_ += bytes;
  return OkStatus();
}

void CompressedBytes::Restart(uint64_t offset) {
  begin_ = end_ = 0;
  offset_ = offset;
}

}  // namespace logstat
