#include <fmt/format.h>

#include <utility>

#include "tests/detect/clean_traffic.h"

namespace logstat {

std::string SomeClient(Dice& dice) {
  if (dice.Percent(15)) return fmt::format("2001:db8:{:x}:{:x}::{:x}", dice.Roll(400), dice.Roll(9), dice.Roll(9) + 1);
  return fmt::format("198.18.{}.{}", dice.Roll(200), dice.Between(1, 254));
}

void AddOddity(Dice& dice, int64_t second, WovenLog& log) {
  WovenLine line;
  line.second = second;
  line.client = SomeClient(dice);
  line.agent = dice.Pick(kBrowsers);
  switch (dice.Roll(9)) {
    case 0:  // a browser that opened a connection ahead and never used it
      line.request = "-";
      line.status = 408;
      line.bytes = 0;
      line.agent = "-";
      break;
    case 1:  // one bad bookmark
      line.request = "GET /find?" + std::string(8182, 'x');
      line.status = 414;
      line.bytes = 177;
      line.agent = "-";
      break;
    case 2:  // a picture that a foreign page shows
      line.request = "GET /img/head.jpg HTTP/1.1";
      line.status = 403;
      line.bytes = 153;
      line.referrer = fmt::format("https://forum{}.example.net/topic/{}", dice.Roll(30), dice.Roll(900));
      break;
    case 3:  // a photo that is too large for a profile
      line.request = fmt::format("POST /profiles/{}/photo HTTP/2.0", dice.Roll(5000));
      line.status = 413;
      line.bytes = 183;
      break;
    case 4:
      line.host = "api.example.org";
      line.request = fmt::format("GET /v1/items/{} HTTP/1.1", dice.Roll(2000));
      line.status = 429;
      line.bytes = 90;
      break;
    case 5:
      line.request = "GET /img/logo.svg HTTP/2.0";
      line.status = 421;
      line.bytes = 0;
      break;
    case 6:  // a password manager
      line.request = "GET /.well-known/change-password HTTP/2.0";
      line.status = 404;
      line.bytes = 1530;
      break;
    case 7:  // a form whose token had expired
      line.host = "shop.example.org";
      line.request = "POST /login HTTP/2.0";
      line.status = 403;
      line.bytes = 900;
      break;
    default:
      line.request = "GET /%%x HTTP/1.1";
      line.status = 400;
      line.bytes = 157;
  }
  log.Add(std::move(line));
}

}  // namespace logstat
