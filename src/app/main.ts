import "../protocol/no-eval.ts";
import { serverBackend } from "./backend/server-backend.ts";
import { startApp } from "./start-app.tsx";

/** The page that a server serves. */
startApp(serverBackend());
