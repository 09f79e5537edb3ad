import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  build: { outDir: "../../../target/frameworks/vue", emptyOutDir: true },
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "pars-check" } } })],
});
