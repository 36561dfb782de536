# Real servers write logs, and logstat's counts are held to what their clients received. One test per server; a server that
# is not installed (scripts/install-packages servers) is skipped. They run alone, so that a second is a second.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
foreach(server nginx apache2 haproxy squid caddy varnish lighttpd)
  add_test(NAME servers.${server} COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/servers/run.py
    ${server} $<TARGET_FILE:logstat>)
  set_tests_properties(servers.${server} PROPERTIES LABELS servers TIMEOUT 60 SKIP_RETURN_CODE 77 RUN_SERIAL ON)
endforeach()
