/** Built as a script of its own; what is imported is its address. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
