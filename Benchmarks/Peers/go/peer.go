// Go's net/http with encoding/json on both sides. It cannot open a connection without a request,
// so a small GET opens it before the idle time.
//
// go-peer PATTERN PORT DIR WARMUP COUNT IDLE_MS
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

type money struct {
	Amount   json.Number `json:"amount"`
	Currency string      `json:"currency"`
}

type sale struct {
	Merchant struct {
		OrganizationID int `json:"organization_id"`
		TerminalID     int `json:"terminal_id"`
	} `json:"merchant"`
	Bill struct {
		BaseAmount    money  `json:"base_amount"`
		Note          string `json:"note"`
		InvoiceNumber string `json:"invoice_number"`
	} `json:"bill"`
	RecordFormat string `json:"record_format"`
	CardData     struct {
		Track1     string `json:"track1_data"`
		Track2     string `json:"track2_data"`
		CardExpiry string `json:"card_expiry_date"`
	} `json:"card_data"`
}

type resource struct {
	SaleResponse struct {
		SaleID       string `json:"saleId"`
		ResponseCode string `json:"responseCode"`
		ApprovalCode string `json:"approvalCode"`
	} `json:"saleResponse"`
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "go-peer:", err)
		os.Exit(1)
	}
}

type peer struct {
	client *http.Client
	base   string
	order  sale
}

func (p *peer) exchange(method, url string, body io.Reader, status int) (*http.Response, []byte) {
	request, err := http.NewRequest(method, url, body)
	must(err)
	request.Header.Set("Authorization", "Bearer 00000000-0000-0000-0000-000000000000")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "application/json")
	response, err := p.client.Do(request)
	must(err)
	answer, err := io.ReadAll(response.Body)
	must(err)
	must(response.Body.Close())
	if response.StatusCode != status {
		must(fmt.Errorf("status %d", response.StatusCode))
	}
	return response, answer
}

func (p *peer) post() string {
	body, err := json.Marshal(&p.order)
	must(err)
	response, _ := p.exchange("POST", p.base+"/sale", bytes.NewReader(body), 201)
	return response.Header.Get("Location")
}

func (p *peer) get(url string) {
	_, answer := p.exchange("GET", url, nil, 200)
	var found resource
	must(json.Unmarshal(answer, &found))
	if found.SaleResponse.ResponseCode != "00" {
		must(fmt.Errorf("not approved"))
	}
}

func main() {
	if len(os.Args) != 7 {
		must(fmt.Errorf("PATTERN PORT DIR WARMUP COUNT IDLE_MS"))
	}
	number := func(index int) int {
		value, err := strconv.Atoi(os.Args[index])
		must(err)
		return value
	}
	folder, warmUp, count, idle := os.Args[3], number(4), number(5), number(6)
	certificate, err := os.ReadFile(folder + "/cert.pem")
	must(err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificate)
	transport := &http.Transport{TLSClientConfig: &tls.Config{
		RootCAs: roots, ClientSessionCache: tls.NewLRUClientSessionCache(4)}}
	p := &peer{client: &http.Client{Transport: transport},
		base: "https://127.0.0.1:" + os.Args[2] + "/api/v2"}
	request, err := os.ReadFile(folder + "/clear.http")
	must(err)
	_, body, _ := bytes.Cut(request, []byte("\r\n\r\n"))
	must(json.Unmarshal(body, &p.order))
	isOpenedAhead := os.Args[1] == "P"
	times := make([]int64, 0, warmUp+count)
	for len(times) < warmUp+count {
		if isOpenedAhead {
			p.exchange("GET", p.base, nil, 200)
			time.Sleep(time.Duration(idle) * time.Millisecond)
		}
		start := time.Now()
		location := p.post()
		if isOpenedAhead {
			p.get(location)
		}
		times = append(times, time.Since(start).Nanoseconds())
		if isOpenedAhead {
			transport.CloseIdleConnections()
		}
	}
	for _, taken := range times[warmUp:] {
		fmt.Println(taken)
	}
}
