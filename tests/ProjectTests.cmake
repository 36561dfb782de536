# Tests of the project as a whole, run in the release tree only: the checkout, the installed package, and the other
# build trees.

# A fast check by a script of tests/packaging.
function(logstat_script_test name)
  add_test(NAME packaging.${name} COMMAND ${PROJECT_SOURCE_DIR}/tests/packaging/${name} ${ARGN})
  set_tests_properties(packaging.${name} PROPERTIES LABELS fast TIMEOUT 60)
endfunction()
logstat_script_test(readme_names_every_package)
logstat_script_test(includes_point_one_way)
logstat_script_test(type_names_are_unique)
if(TARGET logstat)
  logstat_script_test(program_needs_only_the_c_library $<TARGET_FILE:logstat>)
  logstat_script_test(manual_names_every_option $<TARGET_FILE:logstat>)
  logstat_script_test(readme_is_true $<TARGET_FILE:logstat>)
  add_test(NAME packaging.terminal_picture_is_of_this_program
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/make-terminal-picture --check --program $<TARGET_FILE:logstat>)
  set_tests_properties(packaging.terminal_picture_is_of_this_program PROPERTIES LABELS fast TIMEOUT 60)
endif()

# Installs to a fresh prefix, then builds and runs tests/install as a stranger would.
add_test(NAME packaging.installed_package_is_usable
  COMMAND ${PROJECT_SOURCE_DIR}/tests/packaging/installed_package_is_usable ${PROJECT_BINARY_DIR} ${CMAKE_CXX_COMPILER})
set_tests_properties(packaging.installed_package_is_usable PROPERTIES LABELS slow TIMEOUT 300)

# The NEON kernels under an emulator, where Debian's cross compiler is installed.
find_program(LOGSTAT_AARCH64_COMPILER aarch64-linux-gnu-g++)
find_program(LOGSTAT_AARCH64_EMULATOR qemu-aarch64)
if(LOGSTAT_AARCH64_COMPILER AND LOGSTAT_AARCH64_EMULATOR)
  add_test(NAME scan.neon_under_qemu COMMAND ${PROJECT_SOURCE_DIR}/scripts/test-neon ${PROJECT_BINARY_DIR}/neon)
  set_tests_properties(scan.neon_under_qemu PROPERTIES LABELS slow TIMEOUT 300)
endif()

# The rest takes minutes and both cores, so it runs last, alone, and only when asked for: `ctest -C full`.
function(logstat_full_test name timeout)
  add_test(NAME ${name} CONFIGURATIONS full COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS slow TIMEOUT ${timeout} RUN_SERIAL ON COST -1)
endfunction()
logstat_full_test(full.lint 1500 ${PROJECT_SOURCE_DIR}/scripts/lint)
logstat_full_test(full.address_and_undefined_behavior 3000 ${PROJECT_SOURCE_DIR}/scripts/sanitize address)
logstat_full_test(full.threads 1500 ${PROJECT_SOURCE_DIR}/scripts/sanitize thread)
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/*_fuzz.cc)
if(fuzz_sources)
  logstat_full_test(full.fuzz 1500 ${PROJECT_SOURCE_DIR}/scripts/fuzz 30)
endif()
