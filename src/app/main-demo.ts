import "../protocol/no-eval.ts";
import { localBackend } from "./backend/local-backend.ts";
import { startApp } from "./start-app.tsx";

/** The page that works without a server, from any path of a host of static files. */
startApp(localBackend());
