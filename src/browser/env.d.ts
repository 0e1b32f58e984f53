interface ImportMetaEnv {
  /** Of `package.json`; the build without a server puts it in. */
  readonly SENTEI_VERSION: string;
}
