import type { Catalogue } from "../language.ts";
import { SHELL } from "./shell.ts";

/** Every text of the interface in Japanese, by the English one. */
export const JAPANESE: Catalogue = { ...SHELL };
