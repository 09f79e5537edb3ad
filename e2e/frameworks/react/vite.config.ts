import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  build: { outDir: "../../../target/frameworks/react", emptyOutDir: true },
  plugins: [react()],
});
