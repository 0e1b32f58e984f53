/** `rec-NAME` is the run in the file `runs/NAME.ndjson`, beside the page. `npm run record` makes them. */
export const RECORDED = /^rec-([a-z0-9-]{1,60})$/;
