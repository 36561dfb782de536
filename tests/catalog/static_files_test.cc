#include "src/catalog/static_files.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

TEST(StaticFiles, AreToldByTheExtensionWhateverItsCase) {
  EXPECT_TRUE(IsStaticFile("/a.css"));
  EXPECT_TRUE(IsStaticFile("/theme/site.min.JS"));
  EXPECT_TRUE(IsStaticFile("/favicon.ico"));
  EXPECT_TRUE(IsStaticFile("/fonts/a.woff2"));
  EXPECT_TRUE(IsStaticFile("/manifest.webmanifest"));
  EXPECT_TRUE(IsStaticFile("/app.js.map"));
  EXPECT_TRUE(IsStaticFile("/.png"));
  EXPECT_TRUE(IsStaticFile("http://a.example/b.3gp"));
}

TEST(StaticFiles, AreNotPagesDataOrDownloads) {
  for (const char* path : {"", "/", "/index.html", "/index.php", "/feed.xml", "/robots.txt", "/api/v1.json", "/a.pdf",
                           "/a.zip", "/css", "/a.", "/a.webmanifests", "/a.c", "*", "example.com:443"}) {
    EXPECT_FALSE(IsStaticFile(path)) << path;
  }
}

TEST(StaticFiles, OnlyTheLastSegmentCounts) {
  EXPECT_FALSE(IsStaticFile("/a.css/"));
  EXPECT_FALSE(IsStaticFile("/a.css/b"));
  EXPECT_TRUE(IsStaticFile("/v1.2/b.css"));
}

TEST(StaticFiles, WhatStandsBehindThePathDoesNot) {
  EXPECT_TRUE(IsStaticFile("/a.css?v=3"));
  EXPECT_FALSE(IsStaticFile("/download?f=a.css"));
  EXPECT_TRUE(IsStaticFile("/a.js;jsessionid=1F2E"));
  EXPECT_FALSE(IsStaticFile("/a;b.js"));
}

}  // namespace
}  // namespace logstat
