# Finds RE2 as a static archive, for the reason that StaticAbseil.cmake has.
find_library(LOGSTAT_RE2 libre2.a REQUIRED)
find_path(LOGSTAT_RE2_INCLUDE re2/re2.h REQUIRED)
