import { z } from "zod";

// The content security policy forbids eval. zod would find out by trying, and
// browsers report the attempt. This module comes before any that makes a schema.
z.config({ jitless: true });
