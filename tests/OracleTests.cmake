# The samples, and the second opinion: tests/oracle reads logs in the plainest way, the program is held to it.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(logstat_oracle_test name label)
  add_test(NAME ${name} COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 600)
endfunction()

logstat_oracle_test(samples.are_what_make_samples_writes fast
  ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/scripts/make-samples --check)
if(TARGET logstat)
  set(program $<TARGET_FILE:logstat>)
endif()
logstat_oracle_test(oracle.samples fast ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/oracle/samples.py
  ${PROJECT_SOURCE_DIR}/sample-logs ${program})

if(LOGSTAT_BENCH)
  set(generated ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/oracle/generated.py --genlog $<TARGET_FILE:genlog>)
  foreach(format common combined vhost_common vhost_combined)
    logstat_oracle_test(oracle.reference_knows_what_was_generated_${format} fast
      ${generated} --format ${format} --dirty 0.2)
  endforeach()
  # Figures measured on generated logs are only comparable while a seed gives the same bytes.
  logstat_oracle_test(oracle.generated_bytes_never_change fast ${generated} --lines 5000 --dirty 0.2 --seed 7
    --sha256 c977447c1f4686ece61d8fa629fdae635a6f4a1720218358778ff9cfdbd83d19)
  if(TARGET logstat)
    set(generated ${generated} --logstat $<TARGET_FILE:logstat>)
    logstat_oracle_test(oracle.clean_lines_as_awk_counts_them slow ${generated} --lines 300000)
    logstat_oracle_test(oracle.hard_lines_combined slow ${generated} --lines 300000 --dirty 0.05 --seed 2)
    logstat_oracle_test(oracle.hard_lines_vhost_combined slow
      ${generated} --lines 300000 --dirty 0.05 --seed 3 --format vhost_combined)
    logstat_oracle_test(oracle.hard_lines_common slow ${generated} --lines 100000 --dirty 0.2 --seed 4 --format common)
  endif()
endif()
