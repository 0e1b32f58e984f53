import { useMutation } from "@tanstack/react-query";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";

/** Copies the steps as plain text, one a line. */
export function CopyButton({ text }: { text: string }) {
  const copy = useMutation({ mutationFn: (lines: string) => navigator.clipboard.writeText(lines) });
  const words = copy.isError
    ? t("The browser did not allow it")
    : copy.isSuccess && copy.variables === text
      ? t("Copied")
      : t("Copy the steps");
  return (
    <button
      type="button"
      className="icon"
      aria-label={words}
      title={words}
      onClick={() => copy.mutate(text)}
    >
      <Icon
        name={copy.isError ? "cross" : copy.isSuccess && copy.variables === text ? "check" : "copy"}
      />
    </button>
  );
}
