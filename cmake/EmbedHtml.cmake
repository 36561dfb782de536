# Makes one C++ source of the files of the HTML report, so that the program needs none at run time. Run as a script:
#   cmake -DFOLDER=src/report/html -DOUTPUT=html_template.cc -P EmbedHtml.cmake
# The style and the script go into the page, and their hashes into its Content-Security-Policy: the browser runs this
# script and no other, whatever a log might smuggle into the page.

# SHA-256 of a file as base64: three hexadecimal digits are two characters.
function(base64_hash file result)
  file(SHA256 ${file} hex)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(text "")
  foreach(at RANGE 0 60 3)
    string(SUBSTRING ${hex} ${at} 3 digits)
    math(EXPR bits "0x${digits}")
    math(EXPR first "${bits} >> 6")
    math(EXPR second "${bits} & 63")
    string(SUBSTRING ${alphabet} ${first} 1 first)
    string(SUBSTRING ${alphabet} ${second} 1 second)
    string(APPEND text "${first}${second}")
  endforeach()
  # The last digit, filled up with two zero bits.
  string(SUBSTRING ${hex} 63 1 digit)
  math(EXPR bits "0x${digit} << 2")
  string(SUBSTRING ${alphabet} ${bits} 1 last)
  set(${result} "${text}${last}=" PARENT_SCOPE)
endfunction()

file(READ ${FOLDER}/page.html page)
foreach(part style script)
  set(file ${FOLDER}/style.css)
  if(part STREQUAL "script")
    set(file ${FOLDER}/sort.js)
  endif()
  file(READ ${file} content)
  base64_hash(${file} hash)
  string(REPLACE "{{${part}}}" "${content}" page "${page}")
  string(REPLACE "{{${part} hash}}" "${hash}" page "${page}")
endforeach()

file(WRITE ${OUTPUT} "// Made from src/report/html/ by cmake/EmbedHtml.cmake.
#include \"src/report/html_template.h\"

namespace logstat {

std::string_view HtmlTemplate() {
  return R\"logstat(${page})logstat\";
}

}  // namespace logstat
")
