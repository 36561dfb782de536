// The reasons that AWS's Application Load Balancer and CloudFront write. Data only: included by reasons.cc.
//
// Names are from "Access logs for your Application Load Balancer", error reason codes, and from "Amazon CloudFront:
// Standard log file fields", x-edge-result-type and x-edge-detailed-result-type. The glosses are ours.
#ifndef LOGSTAT_SRC_CATALOG_REASONS_CLOUDS_H_
#define LOGSTAT_SRC_CATALOG_REASONS_CLOUDS_H_

#include "src/catalog/reasons_proxies.h"

namespace logstat::catalog {

inline constexpr Reason kBalancerReasons[] = {
    {"AuthInvalidCookie", "authentication cookie is invalid"},
    {"AuthInvalidGrantError", "identity provider refused the grant code"},
    {"AuthInvalidIdToken", "ID token is invalid"},
    {"AuthInvalidStateParam", "state parameter is invalid"},
    {"AuthInvalidTokenResponse", "token endpoint's answer is invalid"},
    {"AuthInvalidUserinfoResponse", "user info endpoint's answer is invalid"},
    {"AuthMissingCodeParam", "identity provider sent no code parameter"},
    {"AuthMissingHostHeader", "identity provider's answer without a host"},
    {"AuthMissingStateParam", "identity provider sent no state parameter"},
    {"AuthTokenEpRequestFailed", "token endpoint answered with an error"},
    {"AuthTokenEpRequestTimeout", "token endpoint timed out"},
    {"AuthUnhandledException", "authentication failed inside the balancer"},
    {"AuthUserinfoEpRequestFailed", "user info endpoint answered with an error"},
    {"AuthUserinfoEpRequestTimeout", "user info endpoint timed out"},
    {"AuthUserinfoResponseSizeExceeded", "user info claims are too large"},
    {"LambdaAccessDenied", "balancer may not invoke the function"},
    {"LambdaBadRequest", "function refused header or body"},
    {"LambdaConnectionError", "could not connect to Lambda"},
    {"LambdaConnectionTimeout", "connecting to Lambda timed out"},
    {"LambdaEC2AccessDeniedException", "EC2 denied access while the function started"},
    {"LambdaEC2ThrottledException", "EC2 throttled Lambda while it started"},
    {"LambdaEC2UnexpectedException", "EC2 failed while the function started"},
    {"LambdaENILimitReachedException", "no network interface left for the function"},
    {"LambdaInvalidResponse", "function's response is malformed"},
    {"LambdaInvalidRuntimeException", "function's runtime is not supported"},
    {"LambdaInvalidSecurityGroupIDException", "function's security group is invalid"},
    {"LambdaInvalidSubnetIDException", "function's subnet is invalid"},
    {"LambdaInvalidZipFileException", "function's archive cannot be unpacked"},
    {"LambdaKMSAccessDeniedException", "no access to the function's KMS key"},
    {"LambdaKMSDisabledException", "the function's KMS key is disabled"},
    {"LambdaKMSInvalidStateException", "the function's KMS key is not usable"},
    {"LambdaKMSNotFoundException", "the function's KMS key does not exist"},
    {"LambdaRequestTooLarge", "request body is too large for Lambda"},
    {"LambdaResourceNotFound", "the function does not exist"},
    {"LambdaResponseTooLarge", "function's response is too large"},
    {"LambdaServiceException", "Lambda had an internal error"},
    {"LambdaSubnetIPAddressLimitReachedException", "no address left in the function's subnets"},
    {"LambdaThrottling", "too many requests to the function"},
    {"LambdaUnhandled", "function ended with an exception"},
    {"LambdaUnhandledException", "balancer failed while calling the function"},
    {"LambdaWebSocketNotSupported", "WebSocket does not work with Lambda"},
    {"WAFConnectionError", "could not connect to AWS WAF"},
    {"WAFConnectionTimeout", "connecting to AWS WAF timed out"},
    {"WAFResponseReadTimeout", "AWS WAF did not answer in time"},
    {"WAFServiceError", "AWS WAF answered with an error"},
    {"WAFUnhandledException", "balancer failed while calling AWS WAF"},
};

inline constexpr Reason kCloudFrontResults[] = {
    {"Hit", "served from the edge cache"},
    {"RefreshHit", "cached copy was checked and is still good"},
    {"OriginShieldHit", "served from the Origin Shield cache"},
    {"Miss", "not in the edge cache, asked the origin"},
    {"MissGeneratedResponse", "not cached, answered by code at the edge"},
    {"FunctionGeneratedResponse", "answered by a CloudFront Function"},
    {"LambdaGeneratedResponse", "answered by Lambda@Edge"},
    {"Redirect", "redirected, as from HTTP to HTTPS"},
    {"Error", "answered with an error"},
    {"LimitExceeded", "a CloudFront quota was exceeded"},
    {"CapacityExceeded", "edge location had no capacity left"},
    {"AbortedOrigin", "origin closed before its answer was complete"},
    {"ClientCommError", "connection to the viewer broke"},
    {"ClientGeoBlocked", "viewer's country is blocked"},
    {"ClientHungUpRequest", "viewer left while it sent the request"},
    {"InvalidRequest", "invalid request from the viewer"},
    {"InvalidRequestBlocked", "request blocked by AWS WAF"},
    {"InvalidRequestCertificate", "no certificate matches the requested host"},
    {"InvalidRequestHeader", "invalid request header"},
    {"InvalidRequestMethod", "method is not allowed"},
    {"OriginCommError", "connection to the origin timed out or broke"},
    {"OriginConnectError", "could not connect to the origin"},
    {"OriginContentRangeLengthError", "origin's content range has a wrong length"},
    {"OriginDnsError", "origin's name could not be resolved"},
    {"OriginError", "origin's answer was not right"},
    {"OriginHeaderTooBigError", "origin sent too large a header"},
    {"OriginInvalidResponseError", "origin sent an invalid response"},
    {"OriginReadError", "could not read from the origin"},
    {"OriginWriteError", "could not write to the origin"},
    {"OriginZeroSizeObjectError", "origin sent an empty object"},
    {"SlowReaderOriginError", "viewer read too slowly"},
    {"FunctionExecutionError", "CloudFront Function failed"},
    {"FunctionThrottledError", "CloudFront Function was throttled"},
    {"FunctionValidationError", "CloudFront Function's answer is invalid"},
    {"LambdaExecutionError", "Lambda@Edge failed"},
    {"LambdaLimitExceeded", "Lambda@Edge was throttled"},
    {"LambdaValidationError", "Lambda@Edge's answer is invalid"},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_REASONS_CLOUDS_H_
