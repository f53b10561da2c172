// Judges client certificates as a Go TLS server with RequireAndVerifyClientCert does, by crypto/x509 itself.
// Reads one JSON object a line on standard input, writes one a line, in order.
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"
)

// What a client shows (DER, leaf first) to a server that accepts these CAs at that time.
type question struct {
	Shown [][]byte  `json:"shown"`
	CAs   [][]byte  `json:"cas"`
	Time  time.Time `json:"time"`
}

// Why is empty for an accepted chain.
type answer struct {
	Accepted bool   `json:"accepted"`
	Why      string `json:"why"`
}

// As in crypto/tls: larger RSA keys cost a server too much.
const maxRSAKeySize = 8192

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 16<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var asked question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			log.Fatal(err)
		}
		said := answer{Accepted: true}
		if err := judge(asked); err != nil {
			said = answer{Why: err.Error()}
		}
		line, err := json.Marshal(said)
		if err != nil {
			log.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	if err := in.Err(); err != nil {
		log.Fatal(err)
	}
}

func judge(asked question) error {
	options := x509.VerifyOptions{
		Roots:         x509.NewCertPool(),
		Intermediates: x509.NewCertPool(),
		CurrentTime:   asked.Time,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	cas, err := parsed(asked.CAs)
	if err != nil {
		return fmt.Errorf("accepted CA: %w", err)
	}
	for _, ca := range cas {
		options.Roots.AddCert(ca)
	}
	shown, err := parsed(asked.Shown)
	if err != nil {
		return err
	}
	for _, above := range shown[1:] {
		options.Intermediates.AddCert(above)
	}
	if err := usable(shown[0]); err != nil {
		return err
	}
	_, err = shown[0].Verify(options)
	return err
}

func parsed(ders [][]byte) ([]*x509.Certificate, error) {
	var certificates []*x509.Certificate
	for _, der := range ders {
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		certificates = append(certificates, certificate)
	}
	return certificates, nil
}

// The keys that crypto/tls takes from a client.
func usable(leaf *x509.Certificate) error {
	switch key := leaf.PublicKey.(type) {
	case *rsa.PublicKey:
		if key.N.BitLen() > maxRSAKeySize {
			return fmt.Errorf("tls: RSA key of %d bits", key.N.BitLen())
		}
		return nil
	case *ecdsa.PublicKey, ed25519.PublicKey:
		return nil
	default:
		return fmt.Errorf("tls: unsupported type of public key: %T", key)
	}
}
