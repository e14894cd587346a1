-- A small service for the tests of the machine room: books on a shelf.
create table book (
  organisation_id uuid not null,
  title text not null,
  pages bigint not null,
  bought_on date,
  price numeric
);

select keep_apart('book');
