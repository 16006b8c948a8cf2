// A redis for Argo CD, in memory, on the address that is its only argument.
package main

import (
	"fmt"
	"os"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	if len(os.Args) != 2 {
		fail("one argument: the address to listen on")
	}
	if err := miniredis.NewMiniRedis().StartAddr(os.Args[1]); err != nil {
		fail(err.Error())
	}
	select {}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
