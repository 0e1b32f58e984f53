import "./crash.css";
import { Component, type ReactNode } from "react";
import { t } from "./words/t.ts";

/** Shows that the page broke, and how, where there would be nothing. Runs and their logs are not touched by it. */
export class Crash extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main className="crash" role="alert">
        <h1>{t("This page has broken.")}</h1>
        <p>
          {t(
            "The run goes on at the server, and its log is safe. Reload the page to see it again.",
          )}
        </p>
        <pre>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
        <button type="button" className="primary" onClick={() => location.reload()}>
          {t("Reload")}
        </button>
      </main>
    );
  }
}
