export default function Home() {
  return <main>Flamel Studio</main>
}
