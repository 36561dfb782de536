# Finds the decoders of compressed logs as static archives, for the reason that StaticAbseil.cmake has. ISA-L, which Debian
# packages as a shared object only, is loaded when it is needed (src/input/isal_decoder.cc): its header is enough.
set(LOGSTAT_CODECS "")
foreach(codec z zstd lzma bz2)
  find_library(LOGSTAT_${codec}_ARCHIVE lib${codec}.a REQUIRED)
  list(APPEND LOGSTAT_CODECS ${LOGSTAT_${codec}_ARCHIVE})
endforeach()
find_path(LOGSTAT_ISAL_INCLUDE isa-l/igzip_lib.h REQUIRED)
