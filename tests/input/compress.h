// Compressed data for tests, made by the libraries whose output is to be read.
//
//   for (const Codec& codec : Codecs()) dir.Write("log", codec.compress("one\n") + codec.compress("two\n"));
#ifndef LOGSTAT_TESTS_INPUT_COMPRESS_H_
#define LOGSTAT_TESTS_INPUT_COMPRESS_H_

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "src/input/compression.h"

namespace logstat {

inline void Require(bool done) {
  if (!done) throw std::runtime_error("cannot compress");
}

// One member, as gzip writes it; `extra` is the header's extra field. Level 0 stores the text as it is.
inline std::string Gzip(std::string_view text, std::string extra = "", int level = 6) {
  z_stream stream = {};
  Require(deflateInit2(&stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  gz_header header = {};
  header.extra = reinterpret_cast<Bytef*>(extra.data());
  header.extra_len = static_cast<uInt>(extra.size());
  if (!extra.empty()) Require(deflateSetHeader(&stream, &header) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + extra.size() + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  Require(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// One BGZF block per 65,280 bytes, as bgzip writes them: the extra field holds the block's size less one.
inline std::string Bgzf(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size() || at == 0; at += 65280) {
    std::string block = Gzip(text.substr(at, 65280), std::string("BC\2\0\0\0", 6));
    const size_t size = block.size() - 1;
    block[16] = static_cast<char>(size & 0xff);
    block[17] = static_cast<char>(size >> 8);
    out += block;
  }
  return out;
}

// One frame with a checksum, and a window of at least 2^window_log bytes if that is not 0.
inline std::string Zstd(std::string_view text, int window_log = 0) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);  // as if it came from a pipe
  if (window_log != 0) ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
  std::string out(ZSTD_compressBound(text.size()) + 64, '\0');
  ZSTD_inBuffer from = {text.data(), text.size(), 0};
  ZSTD_outBuffer to = {out.data(), out.size(), 0};
  Require(ZSTD_compressStream2(context, &to, &from, ZSTD_e_flush) == 0);  // the size is not known: the window stays
  Require(ZSTD_compressStream2(context, &to, &from, ZSTD_e_end) == 0);
  ZSTD_freeCCtx(context);
  out.resize(to.pos);
  return out;
}

// A frame that decoders skip.
inline std::string ZstdSkippable(std::string_view content) {
  std::string out("\x53\x2a\x4d\x18", 4);
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(content.size() >> shift);
  return out.append(content);
}

inline std::string Xz(std::string_view text, uint32_t preset = 1) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  size_t size = 0;
  Require(lzma_easy_buffer_encode(preset, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const uint8_t*>(text.data()),
                                  text.size(), reinterpret_cast<uint8_t*>(out.data()), &size, out.size()) == LZMA_OK);
  out.resize(size);
  return out;
}

inline std::string Bzip2(std::string_view text) {
  std::string out(text.size() + text.size() / 50 + 1000, '\0');
  unsigned size = static_cast<unsigned>(out.size());
  Require(BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(text.data()),
                                   static_cast<unsigned>(text.size()), 1, 0, 0) == BZ_OK);
  out.resize(size);
  return out;
}

struct Codec {
  Compression compression;
  std::string (*compress)(std::string_view);
};

inline std::vector<Codec> Codecs() {
  return {{Compression::kGzip, [](std::string_view text) { return Gzip(text); }},
          {Compression::kZstd, [](std::string_view text) { return Zstd(text); }},
          {Compression::kXz, [](std::string_view text) { return Xz(text); }},
          {Compression::kBzip2, Bzip2}};
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_INPUT_COMPRESS_H_
