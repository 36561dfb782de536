# One test per directory in tests/cli/cases; see tests/cli/run. A case takes some 50 ms, so each is a test of its own.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB cli_cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/cases/*/cmd)
foreach(command ${cli_cases})
  get_filename_component(directory ${command} DIRECTORY)
  get_filename_component(name ${directory} NAME)
  add_test(NAME cli.case.${name}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/run --program $<TARGET_FILE:logstat> ${name})
  set_tests_properties(cli.case.${name} PROPERTIES LABELS fast TIMEOUT 120)
endforeach()
