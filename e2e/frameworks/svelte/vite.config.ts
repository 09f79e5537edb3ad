import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  build: { outDir: "../../../target/frameworks/svelte", emptyOutDir: true },
  plugins: [svelte()],
});
