GO ?= go
FUZZTIME ?= 5m
GOLANGCI_LINT ?= $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
CROSS = windows/amd64 windows/arm64 darwin/amd64 darwin/arm64 linux/amd64 linux/arm64

.PHONY: run test race test-clients test-tcpdump bench lint load fuzz update pictures cross

# run starts the program.
run:
	$(GO) run ./cmd/surel

# test needs nothing but Go.
test:
	$(GO) test ./...

# race runs the same tests under the race detector; it needs a C compiler.
race:
	$(GO) test -race ./...

# test-clients lets other people's programs talk to the lab. It needs curl,
# swaks, msmtp, fetchmail, mpop, mbsync, neomutt, python3, tshark, dig, delv,
# kdig, named-checkzone, openssl, gnutls-cli, sslscan, and node with npm, which
# fetches imapflow; it fails where one is missing.
test-clients:
	$(GO) test -count=1 -tags clients ./cmd/surel/clients

# test-tcpdump compares what tcpdump records of the loopback with what the lab's
# own tap does; it needs tcpdump, curl and the right to record.
test-tcpdump:
	$(GO) test -count=1 -tags clients,tcpdump -run Tcpdump ./cmd/surel/clients

# bench measures; README says what is promised.
bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

lint:
	$(GOLANGCI_LINT) run ./...

# load lets 20 connections of three protocols share a mailbox for a minute.
load:
	$(GO) test -count=1 -v -run 'TestTogether$$' ./server -together 60s

# fuzz gives every fuzz target FUZZTIME, little of which may go into making an input smaller.
fuzz:
	@for p in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			echo "== $$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s $$p || exit 1; \
		done; \
	done

# update renews the golden files; read the difference before you keep it.
update:
	$(GO) test $$(grep -rl --include='*_test.go' '"update"' . | xargs -n1 dirname | sort -u) -update

# pictures draws the README's screens anew with the program itself.
pictures:
	$(GO) run ./cmd/pictures .github/pictures

# cross builds for every system that surel runs on.
cross:
	@for s in $(CROSS); do \
		echo "== $$s"; CGO_ENABLED=0 GOOS=$${s%/*} GOARCH=$${s#*/} $(GO) build -o /dev/null ./cmd/surel || exit 1; \
	done
