import fc from "fast-check";

// A red build must be yours: the same cases in every run. Set FC_SEED for others.
fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 7360) });
