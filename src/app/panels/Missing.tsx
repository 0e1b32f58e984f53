import { t } from "../words/t.ts";
/** In the place of a part of the page that could not be fetched. */
export function Missing() {
  return (
    <p className="soft missing" role="alert">
      {t("This part could not be fetched: the server does not answer.")}{" "}
      <button type="button" className="outlined" onClick={() => location.reload()}>
        {t("Reload the page")}
      </button>
    </p>
  );
}
