// Copies the browser parts that pages load into fair_imagic_web/static/build/.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "fair_imagic_web", "static", "build");
const parts = [["htmx.org/dist/htmx.min.js", "htmx.min.js"]];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [from, to] of parts) {
  copyFileSync(join(here, "node_modules", from), join(target, to));
}
console.log(`${parts.length} browser part(s) in ${target}`);
