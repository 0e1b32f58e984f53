/**
 * The tree alone, for pages of others; `npm run build:tree` makes a module of it.
 * docs/embed.md tells how it is used.
 */
import "./embed.css";

// biome-ignore lint/performance/noBarrelFile: it is the entry of a module for others
export {
  createReasoningTree,
  type Look,
  type PickedNode,
  type ReasoningTree,
  type Shown,
} from "./reasoning-tree.ts";
export { TreeOf } from "./TreeOf.tsx";
