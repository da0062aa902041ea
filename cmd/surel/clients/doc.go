// Package clients holds the tests in which other people's programs talk to the
// lab: curl, swaks and msmtp send letters to it, curl, fetchmail, mpop and
// Python's poplib fetch them through POP3, dig, kdig, delv and Node ask its
// resolver, named-checkzone judges its zones, openssl, gnutls-cli and sslscan
// try its TLS, and tshark reads the bytes that the lab recorded. They run with `make test-clients`, need those
// programs, and fail where one is missing.
package clients
