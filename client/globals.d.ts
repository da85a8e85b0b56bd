/** The build's version, as the server's answers name theirs. */
declare const __APP_VERSION__: string

/** The icons one by one: from the package's front door, development would load all five thousand. */
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  const Icon: import('react').ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  export default Icon
}

interface ImportMeta {
  /** What Vite builds or serves for: 'production' for people. */
  readonly env: { readonly MODE: string }
}
