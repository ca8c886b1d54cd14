-- Where cases lie: what may be the same thing is sought around a place.
create index cases_place on cases using gist (point(lon, lat));
