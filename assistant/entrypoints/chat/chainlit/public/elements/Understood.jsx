import { Check, X } from "lucide-react"
import { useEffect, useRef, useState } from "react"

const BUTTON = "rounded-full p-1 text-muted-foreground hover:bg-accent disabled:opacity-40"

// What was understood of a question, as chips. Changing one, or taking it away, asks again.
export default function Understood() {
  const { chips, labels, again, turn } = props
  const [asked, setAsked] = useState(false)
  const [editing, setEditing] = useState("")
  const [unread, setUnread] = useState("")
  const shown = useRef(null)
  const left = useRef("") // the chip that was left as it was: the focus goes back to it
  // Asked again by a click far above: what comes of it would stand out of sight.
  useEffect(() => {
    if (again) shown.current?.scrollIntoView({ block: "start" })
  }, [])
  const remove = (chip) => {
    setAsked(true)
    callAction({ name: "take_back", payload: { turn, key: chip.key, text: chip.text } })
  }
  const change = async (chip, words) => {
    if (words.trim() === chip.words) return setEditing("")
    setAsked(true)
    const result = await callAction({ name: "change", payload: { turn, key: chip.key, words } })
    setUnread(result?.response || "")
    setAsked(!result?.response)
    if (!result?.response) setEditing("")
  }
  const focused = (chip) => (button) => {
    if (!button || left.current !== chip.key) return
    left.current = ""
    button.focus()
  }
  const stop = () => {
    left.current = editing
    setEditing("")
    setUnread("")
  }
  return (
    <div className="understood flex flex-col gap-1" ref={shown}>
      {again ? <p className="text-sm text-muted-foreground">{again}</p> : null}
      <ul className="flex flex-wrap gap-1.5" aria-label={labels.title}>
        {chips.map((chip) => (
          <li key={chip.text} className="inline-flex items-center rounded-full border bg-card px-3 py-1 text-sm">
            {editing === chip.key && chip.words ? (
              <Editor chip={chip} labels={labels} busy={asked} change={change} cancel={stop} />
            ) : chip.words ? (
              <button
                type="button"
                ref={focused(chip)}
                className="chip-text rounded-full hover:underline disabled:no-underline"
                aria-label={chip.change}
                title={chip.change}
                disabled={asked}
                onClick={() => setEditing(chip.key)}
              >
                {chip.text}
              </button>
            ) : (
              <span>{chip.text}</span>
            )}
            {chip.key && editing !== chip.key ? (
              <button
                type="button"
                className={`-mr-1.5 ml-1 ${BUTTON}`}
                aria-label={chip.remove}
                title={chip.remove}
                disabled={asked}
                onClick={() => remove(chip)}
              >
                <X className="h-3.5 w-3.5" aria-hidden="true" />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <p role="status" className="text-sm">{unread}</p>
    </div>
  )
}

// The words of one condition, to put others in their place. Enter asks again, Escape leaves it as it was.
function Editor({ chip, labels, busy, change, cancel }) {
  const [words, setWords] = useState(chip.words)
  const field = useRef(null)
  useEffect(() => field.current?.select(), [])
  const submit = (event) => {
    event.preventDefault()
    if (words.trim()) change(chip, words)
  }
  const key = (event) => {
    if (event.key === "Escape") cancel()
  }
  return (
    <form className="flex items-center gap-1" onSubmit={submit} onKeyDown={key}>
      <input
        ref={field}
        className="chip-field rounded-md border bg-background px-2"
        value={words}
        maxLength={100}
        aria-label={chip.change}
        disabled={busy}
        onChange={(event) => setWords(event.target.value)}
      />
      <button type="submit" className={BUTTON} aria-label={labels.set} title={labels.set} disabled={busy || !words.trim()}>
        <Check className="h-3.5 w-3.5" aria-hidden="true" />
      </button>
      <button type="button" className={`-mr-1.5 ${BUTTON}`} aria-label={labels.cancel} title={labels.cancel} onClick={cancel}>
        <X className="h-3.5 w-3.5" aria-hidden="true" />
      </button>
    </form>
  )
}
