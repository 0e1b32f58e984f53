import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const base64 = z.base64();

/** A key that only this server can read. */
export const SealedKey = z.object({ iv: base64, tag: base64, text: base64 });
export type SealedKey = z.infer<typeof SealedKey>;

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;

/**
 * Seals users' keys with a secret in a file beside them that only its owner can
 * read (AES-256-GCM). A sealed key is bound to a purpose, whom it is for: under
 * another one it cannot be opened.
 */
export class KeySealer {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = path.join(folder, "connections.secret");
  }

  seal(key: string, purpose: string): SealedKey {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#secret(), iv).setAAD(Buffer.from(purpose));
    const text = Buffer.concat([cipher.update(key, "utf8"), cipher.final()]);
    const [sealedIv, tag, sealed] = [iv, cipher.getAuthTag(), text].map((each) =>
      each.toString("base64"),
    );
    return { iv: sealedIv!, tag: tag!, text: sealed! };
  }

  /** `null` if it was sealed for another purpose, or with another secret. */
  open({ iv, tag, text }: SealedKey, purpose: string): string | null {
    if (!existsSync(this.#file)) return null;
    const from = (part: string) => Buffer.from(part, "base64");
    const decipher = createDecipheriv(CIPHER, this.#secret(), from(iv))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(from(tag));
    try {
      return Buffer.concat([decipher.update(from(text)), decipher.final()]).toString("utf8");
    } catch {
      // All that a cipher says of a key that is not this one's.
      return null;
    }
  }

  #secret(): Buffer {
    if (!existsSync(this.#file)) {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, randomBytes(KEY_BYTES), { mode: 0o600, flag: "wx" });
    }
    // Copied from elsewhere it may have become readable for others.
    chmodSync(this.#file, 0o600);
    return readFileSync(this.#file);
  }
}
