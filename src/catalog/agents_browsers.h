// Browsers by their user agents. Data only: included by agents.cc.
//
// Browsers name the ones that they are compatible with, too. So the order counts here: the first row that is found is
// the browser. Names are from MDN, "Browser detection using the user agent", and the vendors' pages.
#ifndef LOGSTAT_SRC_CATALOG_AGENTS_BROWSERS_H_
#define LOGSTAT_SRC_CATALOG_AGENTS_BROWSERS_H_

#include "src/catalog/agent_row.h"

namespace logstat::catalog {

// Browsers, from the most particular name to the one that all of them send.
inline constexpr AgentRow kBrowsers[] = {
    {"fban", "Facebook app"},
    {"fbav", "Facebook app"},
    {"fb_iab", "Facebook app"},
    {"instagram", "Instagram app"},
    {"barcelona", "Threads app"},
    {"micromessenger", "WeChat"},
    {"line/", "LINE app"},
    {"twitter for iphone", "Twitter app"},
    {"linkedinapp", "LinkedIn app"},
    {"snapchat", "Snapchat app"},
    {"bytedancewebview", "TikTok app"},
    {"musical_ly", "TikTok app"},
    {"kakaotalk", "KakaoTalk app"},
    {"gsa/", "Google app"},
    {"duckduckgo/", "DuckDuckGo browser"},
    {"ddg/", "DuckDuckGo browser"},
    {"ucbrowser", "UC Browser"},
    {"ucweb", "UC Browser"},
    {"mqqbrowser", "QQ Browser"},
    {"qqbrowser", "QQ Browser"},
    {"miuibrowser", "Mi Browser"},
    {"huaweibrowser", "Huawei Browser"},
    {"heytapbrowser", "HeyTap Browser"},
    {"vivobrowser", "Vivo Browser"},
    {"samsungbrowser", "Samsung Internet"},
    {"yabrowser", "Yandex Browser"},
    {"yandexsearch", "Yandex app"},
    {"yasearchbrowser", "Yandex app"},
    {"whale/", "Whale"},
    {"vivaldi", "Vivaldi"},
    {"brave/", "Brave"},
    {"silk/", "Silk"},
    {"sleipnir", "Sleipnir"},
    {"puffin", "Puffin"},
    {"maxthon", "Maxthon"},
    {"coc_coc_browser", "Coc Coc"},
    {"sogoumobilebrowser", "Sogou Browser"},
    {"metasr", "Sogou Browser"},
    {"qihu", "360 Browser"},
    {"lbbrowser", "Liebao"},
    {"iron/", "Iron"},
    {"ecosia", "Ecosia"},
    {"epiphany", "Epiphany"},
    {"konqueror", "Konqueror"},
    {"falkon", "Falkon"},
    {"qutebrowser", "qutebrowser"},
    {"otter/", "Otter"},
    {"oculusbrowser", "Meta Quest Browser"},
    {"tesla/", "Tesla"},
    {"opr/", "Opera"},
    {"opera gx", "Opera"},
    {"opera mini", "Opera Mini"},
    {"opera", "Opera"},
    {"opios", "Opera"},
    {"opt/", "Opera Touch"},
    {"edg/", "Edge"},
    {"edga", "Edge"},
    {"edgios", "Edge"},
    {"edge/", "Edge"},
    {"fxios", "Firefox"},
    {"focusios", "Firefox Focus"},
    {"klar/", "Firefox Klar"},
    {"focus/", "Firefox Focus"},
    {"seamonkey", "SeaMonkey"},
    {"palemoon", "Pale Moon"},
    {"waterfox", "Waterfox"},
    {"basilisk", "Basilisk"},
    {"iceweasel", "Firefox"},
    {"icecat", "IceCat"},
    {"k-meleon", "K-Meleon"},
    {"camino", "Camino"},
    {"thunderbird", "Thunderbird"},
    {"firefox", "Firefox"},
    {"crios", "Chrome"},
    {"chromium", "Chromium"},
    {"chrome", "Chrome"},
    {"msie", "Internet Explorer"},
    {"trident", "Internet Explorer"},
    {"iemobile", "Internet Explorer"},
    {"nokiabrowser", "Nokia Browser"},
    {"blackberry", "BlackBerry"},
    {"bb10", "BlackBerry"},
    {"silk-accelerated", "Silk"},
    {"netfront", "NetFront"},
    {"android", "Android Browser"},
    {"safari", "Safari"},
    {"applewebkit", "WebKit"},
    {"gecko/", "Gecko"},
    {"khtml", "KHTML"},
};

// Browsers that name the libraries that they are made of: before all tools.
inline constexpr AgentRow kPlainBrowsers[] = {
    {"lynx", "Lynx"},     {"w3m", "w3m"},     {"elinks", "ELinks"},
    {"links (", "Links"}, {"dillo", "Dillo"}, {"netsurf", "NetSurf"},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_AGENTS_BROWSERS_H_
